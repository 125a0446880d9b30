package io.millrace.server.postgres;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.ZoneNames;
import java.time.ZoneId;

/** Time zones as clients set them. */
final class TimeZones {

    private TimeZones() {}

    /**
     * Reads a region such as {@code Europe/Berlin}, hours east of Greenwich such as {@code -8} or {@code
     * +05:30}, or POSIX's form such as {@code GMT+8}, which counts to the west.
     */
    static ZoneId parse(String text) {
        ZoneId zone = ZoneNames.ofSetting(text);
        if (zone == null) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "invalid value for parameter \"TimeZone\": \"" + text + "\"",
                    "name a region such as Europe/Berlin, or hours such as -8");
        }
        return zone;
    }
}
