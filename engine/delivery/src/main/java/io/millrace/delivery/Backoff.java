package io.millrace.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** When to try again after failures: twice as long each time, between half and all of it by chance. */
final class Backoff {

    static final Duration FIRST = Duration.ofMillis(100);
    static final Duration LONGEST = Duration.ofSeconds(60);

    private final RandomGenerator random;
    private int failures;
    private @Nullable Instant until;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    void failed(Instant now) {
        long millis = FIRST.toMillis() << Math.min(failures, 20);
        millis = Math.min(millis, LONGEST.toMillis());
        until = now.plusMillis(random.nextLong(millis / 2, millis + 1));
        failures++;
    }

    void succeeded() {
        failures = 0;
        until = null;
    }

    int failures() {
        return failures;
    }

    boolean waits(Instant now) {
        return until != null && now.isBefore(until);
    }

    /** Returns when to try again, or null where nothing failed. */
    @Nullable
    Instant until() {
        return until;
    }
}
