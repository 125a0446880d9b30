package io.millrace.log.segment;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.nio.file.Path;

/**
 * Bytes of a segment that are not what was written.
 *
 * @param file the segment
 * @param bytePosition where the frame starts that is damaged
 * @param problem what is wrong with it
 */
public record Damage(Path file, long bytePosition, String problem) {

    /** Returns the error that reports it. */
    public MillraceException error() {
        return new MillraceException(
                ErrorCode.DATA_CORRUPTED,
                "segment " + file + " is damaged at byte " + bytePosition + ": " + problem,
                "put back the file from a copy, or delete the stream; nothing was skipped");
    }
}
