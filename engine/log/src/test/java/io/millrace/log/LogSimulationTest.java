package io.millrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The log on a disk that fails in every way, against a model. {@code -Dseed=N} runs one seed. */
class LogSimulationTest {

    private static final Logger LOGGER = Logger.getLogger("io.millrace.log");

    // Failures are what this is about; what the log reports of them would drown the seed.
    @BeforeAll
    static void silence() {
        LOGGER.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        LOGGER.setLevel(null);
    }

    @Test
    void theLogAgreesWithItsModel() {
        Long seed = Long.getLong("seed");
        run(seed == null ? 1 : seed, seed == null ? 20 : 1);
    }

    @Test
    @Tag("slow")
    void theLogAgreesWithItsModelForLong() {
        run(System.nanoTime(), 3000);
    }

    private static void run(long firstSeed, int count) {
        int crashes = 0;
        int failures = 0;
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            try {
                LogSimulation simulation = new LogSimulation(seed);
                simulation.run(250);
                crashes += simulation.crashes;
                failures += simulation.failures;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        assertThat(crashes).isGreaterThanOrEqualTo(count);
        assertThat(count < 10 || failures > 0).isTrue();
    }
}
