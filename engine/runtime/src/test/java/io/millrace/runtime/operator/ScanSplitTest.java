package io.millrace.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.Scenario;
import io.millrace.runtime.operator.StepPlan.SplitRange;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.log.ShardLog.Subscription;
import io.millrace.testing.connector.MemorySource;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScanSplitTest {

    private static final int LONG_STEP = 8 * 16_384;

    private final MemorySource ticks = new Scenario().source("ticks", "0");

    @Test
    void aLongStepReadsAllThatWaitsAndTheNextTellsWhatItHeard() {
        tick(1);
        ticks.addBound("0", 10);
        tick(11);
        ticks.addBound("0", 20);
        ScanSplit split = new ScanSplit(new ScanInput(new Fed(ticks), null), "0", 0);
        SplitRange first = split.readAhead(LONG_STEP);
        assertThat(first).isEqualTo(new SplitRange("0", 0, 2, 10, false));
        split.begin(first, 0);
        int rows = 0;
        for (SourceBatch batch = split.next(2); batch != null; batch = split.next(2)) {
            rows += batch.rows().size();
        }
        assertThat(rows).isEqualTo(2);
        assertThat(split.promised()).as("as when the step is taken again").isEqualTo(10);
        assertThat(split.readAhead(LONG_STEP).bound()).isEqualTo(20);
        split.close();
    }

    @Test
    void aShortStepReadsNoFurtherThanWhatWasReadAhead() {
        tick(1);
        ticks.addBound("0", 10);
        tick(11);
        ScanSplit split = new ScanSplit(new ScanInput(new Fed(ticks), null), "0", 0);
        assertThat(split.readAhead(16_384)).isEqualTo(new SplitRange("0", 0, 1, 10, false));
        split.close();
    }

    private void tick(long micros) {
        ticks.add("0", Scenario.at(micros), "A", 1L, 0.5);
    }

    /** A stream that a pump writes: nobody else says anything of its time. */
    private record Fed(Source source) implements Source {
        @Override
        public List<String> splits() {
            return source.splits();
        }

        @Override
        public long firstPosition(String split) {
            return source.firstPosition(split);
        }

        @Override
        public long endPosition(String split) {
            return source.endPosition(split);
        }

        @Override
        public SplitReader open(String split, long position) {
            return source.open(split, position);
        }

        @Override
        public long idleBound(String split, long position) {
            return Long.MIN_VALUE;
        }

        @Override
        public Subscription onAvailable(Runnable listener) {
            return source.onAvailable(listener);
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
