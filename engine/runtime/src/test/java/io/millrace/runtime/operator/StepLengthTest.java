package io.millrace.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StepLengthTest {

    private static final int USUAL = 1_000;
    private static final long MEMORY = 1L << 30;

    private static int entries(long asideBytes, long memoryBytes, long rowBytes, int splits) {
        return StepLength.entries(asideBytes, memoryBytes, rowBytes, splits, USUAL);
    }

    @Test
    void itIsEightTimesAsLongAtLeast() {
        assertThat(entries(0, MEMORY, 1, 1)).isEqualTo(8 * USUAL);
        assertThat(entries(MEMORY / 2, MEMORY, 100, 1)).isEqualTo(8 * USUAL);
        assertThat(entries(100, 0, 100, 1)).isEqualTo(8 * USUAL);
    }

    @Test
    void itGrowsWithWhatIsOnDiskUpToABound() {
        assertThat(entries(3 * MEMORY, MEMORY, 100, 1)).isEqualTo(24 * USUAL);
        assertThat(entries(8 * MEMORY, MEMORY, 100, 1)).isEqualTo(64 * USUAL);
        assertThat(entries(100 * MEMORY, MEMORY, 100, 1)).isEqualTo(64 * USUAL);
    }

    @Test
    void rowsThatWaitTakeAQuarterOfTheMemoryAtMost() {
        long memory = 1 << 20;
        int fit = (1 << 20) / 4 / 10;
        assertThat(entries(8 * memory, memory, 10, 1)).isEqualTo(fit);
        assertThat(entries(8 * memory, memory, 10, 2)).isEqualTo(fit / 2);
        assertThat(entries(8 * memory, memory, 1_000, 1)).isEqualTo(8 * USUAL);
    }

    @Test
    void itIsANumberHoweverLongTheUsualStepsAre() {
        assertThat(StepLength.entries(8 * MEMORY, MEMORY, 1, 1, Integer.MAX_VALUE))
                .isEqualTo(Integer.MAX_VALUE);
    }
}
