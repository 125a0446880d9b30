package io.millrace.delivery;

import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.connector.RejectedEntry.Processing;
import io.millrace.spi.row.RowOrigins;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * What cannot be delivered, as a line of JSON with the members that Data Firehose gives it:
 *
 * <pre>
 * {"attemptsMade":1,"arrivalTimestamp":…,"lastErrorCode":"…","lastErrorMessage":"…","attemptEndingTimestamp":…,
 *  "rawData":"base64","sequenceNumber":"…","subSequenceNumber":null,"dataCatalogTable":null}
 * </pre>
 *
 * <p>and, where a transformation failed,
 *
 * <pre>
 * {"attemptsMade":4,"arrivalTimestamp":…,"errorCode":"Lambda.…","errorMessage":"…","attemptEndingTimestamp":…,
 *  "rawData":"base64","lambdaArn":"…"}
 * </pre>
 *
 * <p>and, where a destination of Data Firehose's did not take it, in those words with members of the destination's own behind
 * {@code rawData}, such as {@code esIndexName}.
 *
 * <p>Times are milliseconds since 1970. The arrival is the row's ROWTIME, which is the arrival where nothing else was
 * declared.
 */
public final class ErrorRecord {

    private ErrorRecord() {}

    /** Returns the line of an entry, with a newline at its end. */
    public static byte[] line(RejectedEntry entry, int attempts, Instant now) {
        Processing processing = entry.processing();
        if (processing != null) {
            return line(
                    entry,
                    processing.attempts(),
                    now,
                    processing.errorCode(),
                    Map.of("lambdaArn", processing.function()));
        }
        StringBuilder json =
                begin(entry, attempts, now, "lastErrorCode", entry.code().name(), "lastErrorMessage");
        append("sequenceNumber", RowOrigins.sequence(entry.position()), json);
        int part = RowOrigins.part(entry.position());
        json.append(",\"subSequenceNumber\":").append(part == 0 ? "null" : String.valueOf(part));
        return bytes(json.append(",\"dataCatalogTable\":null"));
    }

    /**
     * Returns the line of an entry that a function or a destination did not take, with a newline at its end.
     *
     * @param errorCode in the words of Data Firehose
     * @param members what stands behind the rest: text or numbers by name
     */
    public static byte[] line(
            RejectedEntry entry, int attempts, Instant now, String errorCode, Map<String, Object> members) {
        StringBuilder json = begin(entry, attempts, now, "errorCode", errorCode, "errorMessage");
        members.forEach((name, value) -> append(name, value, json));
        return bytes(json);
    }

    private static StringBuilder begin(
            RejectedEntry entry, int attempts, Instant now, String codeName, String code, String messageName) {
        StringBuilder json = new StringBuilder(200);
        json.append("{\"attemptsMade\":").append(attempts);
        json.append(",\"arrivalTimestamp\":").append(arrival(entry));
        append(codeName, code, json);
        append(messageName, entry.reason(), json);
        json.append(",\"attemptEndingTimestamp\":").append(now.toEpochMilli());
        append("rawData", Base64.getEncoder().encodeToString(entry.data()), json);
        return json;
    }

    private static byte[] bytes(StringBuilder json) {
        return json.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(String name, Object value, StringBuilder json) {
        json.append(",\"").append(name).append("\":");
        if (value instanceof Number) {
            json.append(value);
        } else {
            appendText(value.toString(), json);
        }
    }

    private static String arrival(RejectedEntry entry) {
        return entry.rowtimeMicros() == RowOrigins.NO_ROWTIME
                ? "null"
                : String.valueOf(Math.floorDiv(entry.rowtimeMicros(), 1000L));
    }

    private static void appendText(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
