package io.millrace.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RollCadenceTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final RollCadence cadence = new RollCadence(Duration.ofSeconds(1));

    @Test
    void theFirstRangeIsDueAnIntervalBehindItsFirstRow() {
        assertThat(due(300)).isEqualTo(1300);
    }

    @Test
    void theNextIsDueAnIntervalBehindTheLast() {
        assertThat(due(0)).isEqualTo(1000);
        cadence.ended(at(1000));
        assertThat(due(1200)).isEqualTo(2000);
        cadence.ended(at(2000));
        assertThat(due(2450)).isEqualTo(3000);
    }

    @Test
    void aRangeHasHalfAnIntervalAtLeast() {
        cadence.ended(at(1000));
        assertThat(due(1900)).isEqualTo(2400);
    }

    @Test
    void behindAPauseItBeginsAnew() {
        cadence.ended(at(1000));
        assertThat(due(2000)).isEqualTo(3000);
        assertThat(due(7123)).isEqualTo(8123);
    }

    @Test
    void aClockThatIsSetBackBeginsAnew() {
        cadence.ended(at(3_600_000));
        assertThat(due(0)).isEqualTo(1000);
        cadence.ended(at(1000));
        assertThat(due(1300)).isEqualTo(2000);
    }

    @Test
    void commitsOfAnyLengthLeaveTimeToReadAndKeepTheIntervalWhereTheyCan() {
        Random random = new Random(1);
        for (long commit : new long[] {0, 100, 499, 500, 700, 999, 1000, 1500, 5000}) {
            RollCadence each = new RollCadence(Duration.ofSeconds(1));
            long now = 0;
            List<Long> due = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                long since = now + (commit < 400 ? random.nextInt(100) : 0);
                long next = Duration.between(START, each.due(at(since))).toMillis();
                assertThat(next - since).as("commits of %s ms", commit).isBetween(500L, 1000L);
                each.ended(at(next));
                due.add(next);
                now = next + commit;
            }
            double period = (due.getLast() - due.getFirst()) / 99.0;
            assertThat(period)
                    .as("commits of %s ms", commit)
                    .isEqualTo(commit <= 500 ? 1000 : commit < 1000 ? commit + 500 : commit + 1000);
        }
    }

    private long due(long since) {
        return Duration.between(START, cadence.due(at(since))).toMillis();
    }

    private static Instant at(long millis) {
        return START.plusMillis(millis);
    }
}
