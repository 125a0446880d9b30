package io.millrace.server.postgres.type;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/** A zone's distance from UTC over time. Remembers the span between two changes that it was asked for last. */
final class ZoneOffsets {

    private final ZoneRules rules;
    private long from = 1;
    private long until;
    private int seconds;

    ZoneOffsets(ZoneId zone) {
        this.rules = zone.getRules();
    }

    /** Returns the seconds to add to UTC at that time, given in seconds since 1970-01-01T00:00Z. */
    int secondsAt(long epochSecond) {
        if (epochSecond < from || epochSecond >= until) {
            find(Instant.ofEpochSecond(epochSecond));
        }
        return seconds;
    }

    private void find(Instant instant) {
        seconds = rules.getOffset(instant).getTotalSeconds();
        ZoneOffsetTransition before = rules.isFixedOffset() ? null : rules.previousTransition(instant.plusSeconds(1));
        ZoneOffsetTransition after = rules.isFixedOffset() ? null : rules.nextTransition(instant);
        from = before == null ? Long.MIN_VALUE : before.toEpochSecond();
        until = after == null ? Long.MAX_VALUE : after.toEpochSecond();
    }
}
