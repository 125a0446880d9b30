package io.millrace.runtime.pump;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.checkpoint.StoredSection;
import io.millrace.runtime.state.StateWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredStateTest {

    private static StoredSection scan(String stream, long position) {
        StateWriter out = new StateWriter();
        out.writeLong(7);
        out.writeInt(1);
        out.writeText("shard 0");
        out.writeLong(position);
        out.writeLong(5);
        out.writeLong(6);
        out.writeLong(8);
        return StoredSection.of("scan " + stream, out.toByteArray());
    }

    private static StoredState state(Map<String, StoredSection> sections) {
        return new StoredState(PumpStatus.NEW, sections);
    }

    @Test
    void theLeastPositionIsNeededOfAStreamReadTwice() {
        StoredState state = state(Map.of("scan-1", scan("s", 10), "scan-1-2", scan("s", 12), "scan-3", scan("t", 4)));
        assertThat(state.positions()).isEqualTo(Map.of("s", Map.of("shard 0", 10L), "t", Map.of("shard 0", 4L)));
    }

    @Test
    void aStreamReadFurtherByOneScanThanByAnotherIsFound() {
        assertThat(state(Map.of("scan-1", scan("s", 10), "scan-1-2", scan("s", 12)))
                        .unevenlyRead())
                .isEqualTo("s");
        assertThat(state(Map.of("scan-1", scan("s", 10), "scan-1-2", scan("s", 10), "scan-3", scan("t", 4)))
                        .unevenlyRead())
                .isNull();
    }
}
