package io.millrace.server.engine;

import io.millrace.runtime.operator.StepPlan;
import io.millrace.runtime.operator.StepPlanCodec;
import io.millrace.runtime.query.ResumePoint;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * A step of an answer as text that a client keeps, and gives back as {@code ROWS:TOKEN} to go on behind so many rows of
 * the step.
 *
 * <pre>
 *   checksum of the query and what follows u32 │ step
 * </pre>
 */
final class ResumeToken {

    private ResumeToken() {}

    /** @param query what it answers: the plan and the streams it reads */
    static String write(String query, StepPlan step) {
        byte[] encoded = StepPlanCodec.encode(step);
        ByteBuffer token = ByteBuffer.allocate(Integer.BYTES + encoded.length);
        token.putInt(checksum(query, encoded)).put(encoded);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    /** @throws MillraceException {@code INVALID_ARGUMENT} where the text is no token, or one of another query */
    static ResumePoint read(String query, String text) {
        int colon = text.indexOf(':');
        try {
            long rows = Long.parseLong(text, 0, Math.max(0, colon), 10);
            ByteBuffer token = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text.substring(colon + 1)));
            int checksum = token.getInt();
            byte[] encoded = new byte[token.remaining()];
            token.get(encoded);
            if (rows >= 0 && checksum == checksum(query, encoded)) {
                return new ResumePoint(StepPlanCodec.decode(encoded), rows);
            }
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            // Told below: whatever is wrong with it, it was not made for this query.
        }
        throw new MillraceException(
                ErrorCode.INVALID_ARGUMENT,
                "resume_from is no point of this query, or its streams were defined anew since",
                "start the query anew");
    }

    private static int checksum(String query, byte[] encoded) {
        CRC32C checksum = new CRC32C();
        checksum.update(query.getBytes(StandardCharsets.UTF_8));
        checksum.update(encoded);
        return (int) checksum.getValue();
    }
}
