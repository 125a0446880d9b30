package io.millrace.server.acceptance;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The clock of this machine, set forward. */
final class AheadClock implements InstantSource {

    private volatile Duration ahead = Duration.ZERO;

    void ahead(Duration time) {
        ahead = time;
    }

    void passes(Duration time) {
        ahead = ahead.plus(time);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }
}
