package io.millrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.log.Appended;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.LogReader;
import io.millrace.spi.log.ReadOptions;
import io.millrace.spi.log.RecordBatch;
import io.millrace.spi.log.ShardLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process, without warning, that appends and says what was acknowledged. */
class KillTest {

    @TempDir
    Path directory;

    @Test
    void acknowledgedAppendsOutliveTheProcess() throws Exception {
        killAndCheck(3, 2000);
    }

    @Test
    @Tag("slow")
    void acknowledgedAppendsOutliveManyProcesses() throws Exception {
        killAndCheck(40, 20_000);
    }

    private void killAndCheck(int rounds, int acknowledgements) throws Exception {
        long stored = 0;
        for (int round = 1; round <= rounds; round++) {
            long acknowledged = runAndKill(acknowledgements * round / rounds);
            assertThat(acknowledged).isGreaterThan(stored);
            stored = check(acknowledged);
        }
    }

    private long runAndKill(int acknowledgements) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long last = -1;
        try (BufferedReader out = child.inputReader()) {
            for (int i = 0; i < acknowledgements; i++) {
                String line = out.readLine();
                assertThat(line).isNotNull();
                last = number(line);
            }
            child.toHandle().destroyForcibly();
            // What it said before it died counts as well, but for a line that it did not finish.
            for (String line = out.readLine(); line != null && line.endsWith(";"); line = out.readLine()) {
                last = number(line);
            }
        } finally {
            child.destroyForcibly();
            child.waitFor();
        }
        return last;
    }

    private static long number(String line) {
        return Long.parseLong(line, 0, line.length() - 1, 10);
    }

    private long check(long acknowledged) {
        try (LogStore store = LogStore.open(directory, LogSettings.DEFAULT, InstantSource.system())) {
            ShardLog shard = store.stream("s").shard(0);
            assertThat(shard.endIndex()).isGreaterThan(acknowledged);
            assertThat(shard.endIndex() % Child.RECORDS_PER_APPEND).isZero();
            long index = 0;
            try (LogReader reader = shard.reader(0, ReadOptions.RECORDS)) {
                for (LogBatch batch = reader.poll(1000); batch != null; batch = reader.poll(1000)) {
                    for (int i = 0; i < batch.size(); i++) {
                        byte[] payload = ((LogBatch.Records) batch).payloads().get(i);
                        assertThat(ByteBuffer.wrap(payload).getLong()).isEqualTo(index++);
                    }
                }
            }
            assertThat(index).isEqualTo(shard.endIndex());
            return acknowledged;
        }
    }

    /** The process that is killed: appends its records' indexes, a few appends in flight. */
    static final class Child {

        static final int RECORDS_PER_APPEND = 3;
        private static final int IN_FLIGHT_MAX = 8;

        private Child() {}

        public static void main(String[] arguments) {
            LogSettings settings = LogSettings.DEFAULT.withSegmentBytesMax(100_000);
            LogStore store = LogStore.open(Path.of(arguments[0]), settings, InstantSource.system());
            StoredStream stream =
                    store.names().isEmpty() ? store.create("s", StreamSettings.ofShards(1)) : store.stream("s");
            append(stream.shard(0), new PrintStream(System.out, true));
        }

        private static void append(ShardLog shard, PrintStream out) {
            Deque<CompletableFuture<Appended>> inFlight = new ArrayDeque<>();
            RecordBatch records = new RecordBatch();
            long next = shard.endIndex();
            while (true) {
                records.clear();
                for (int i = 0; i < RECORDS_PER_APPEND; i++) {
                    records.add(
                            new byte[0], ByteBuffer.allocate(50).putLong(next++).array());
                }
                inFlight.add(shard.append(records, null));
                if (inFlight.size() == IN_FLIGHT_MAX) {
                    Appended done = inFlight.remove().join();
                    out.println(done.firstIndex() + done.count() - 1 + ";");
                }
            }
        }
    }
}
