package io.millrace.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.log.disk.SimulatedDisk;
import io.millrace.spi.log.HashRange;
import io.millrace.spi.log.ShardDescription;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamFileTest {

    private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.000006Z");

    private final StreamState state = new StreamState(
            "My stream",
            CREATED,
            Duration.ofHours(24),
            true,
            List.of(
                    new ShardDescription(0, HashRange.divide(2).get(0), CREATED, List.of(), true),
                    new ShardDescription(7, HashRange.divide(2).get(1), CREATED, List.of(0, 3), false)));

    @Test
    void textOfTheFile() {
        String text = StreamFile.encode(state);
        assertThat(text).isEqualTo("""
            millrace stream 1
            name My+stream
            created 2026-01-02T03:04:05.000006Z
            retention PT24H
            on-demand true
            shard 0 0 170141183460469231731687303715884105727 2026-01-02T03:04:05.000006Z closed -
            shard 7 170141183460469231731687303715884105728 340282366920938463463374607431768211455 \
            2026-01-02T03:04:05.000006Z open 0,3
            """ + text.substring(text.length() - "checksum 00000000\n".length()));
    }

    @Test
    void whatWasWrittenIsReadAndAnyChangeIsSeen() throws Exception {
        SimulatedDisk disk = new SimulatedDisk(new Random(1));
        Path directory = Path.of("/d");
        StreamFile.write(disk, directory, state);
        disk.crash();
        assertThat(StreamFile.read(disk, directory)).isEqualTo(state);

        Path file = directory.resolve("stream");
        byte[] whole = disk.bytes(file);
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 1;
            disk.bytes(file, changed);
            assertThatThrownBy(() -> StreamFile.read(disk, directory))
                    .as(new String(changed, StandardCharsets.UTF_8))
                    .hasMessageContaining("is damaged");
        }
    }
}
