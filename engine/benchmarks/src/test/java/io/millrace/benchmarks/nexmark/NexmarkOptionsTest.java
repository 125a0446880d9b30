package io.millrace.benchmarks.nexmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NexmarkOptionsTest {

    @Test
    void checkpointsAreTakenWhereTheyAreAskedFor() {
        assertThat(NexmarkOptions.of(Map.of()).durable()).isFalse();
        NexmarkOptions each = NexmarkOptions.of(Map.of("checkpoints", "1s", "peer", "flink"));
        assertThat(each.durable()).isTrue();
        assertThat(each.checkpoints()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void flinksStateIsOnItsHeapUnlessItIsStored() {
        assertThat(NexmarkOptions.of(Map.of()).flinkState()).isEqualTo("hashmap");
        assertThat(NexmarkOptions.of(Map.of("checkpoints", "1s")).flinkState()).isEqualTo("rocksdb");
        assertThat(NexmarkOptions.of(Map.of("checkpoints", "1s", "flink-state", "hashmap"))
                        .flinkState())
                .isEqualTo("hashmap");
        assertThatThrownBy(() -> NexmarkOptions.of(Map.of("flink-state", "hashmap,rocksdb")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not both");
    }

    @Test
    void whatCannotBeComparedIsRefused() {
        assertThatThrownBy(() -> NexmarkOptions.of(Map.of("checkpoints", "1s", "peer", "duckdb")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DuckDB takes no checkpoints");
        assertThatThrownBy(() -> NexmarkOptions.of(Map.of("checkpoints", "often")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("checkpoints");
        assertThatThrownBy(() -> NexmarkOptions.of(Map.of("checkpoints", "0s")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("checkpoints");
    }
}
