package io.millrace.plan.text;

import java.math.BigDecimal;
import java.time.Duration;

/** Lengths of time in the plainest unit that says them exactly. */
final class DurationText {

    private static final long SECOND = 1_000_000L;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private DurationText() {}

    static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds())
                .add(BigDecimal.valueOf(duration.getNano(), 9))
                .stripTrailingZeros()
                .toPlainString();
    }

    static String micros(long micros) {
        if (micros == 0) {
            return "0 s";
        }
        if (micros % DAY == 0) {
            return micros / DAY + " d";
        }
        if (micros % HOUR == 0) {
            return micros / HOUR + " h";
        }
        if (micros % MINUTE == 0) {
            return micros / MINUTE + " min";
        }
        return BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString() + " s";
    }
}
