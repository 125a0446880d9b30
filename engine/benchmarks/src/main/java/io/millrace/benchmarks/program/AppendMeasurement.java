package io.millrace.benchmarks.program;

import io.millrace.log.LogSettings;
import io.millrace.log.LogStore;
import io.millrace.log.StreamSettings;
import io.millrace.spi.log.Appended;
import io.millrace.spi.log.RecordBatch;
import io.millrace.spi.log.ShardLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** How fast records of 100 bytes become durable through the embedded API. */
public final class AppendMeasurement implements Measurement {

    private static final int RECORDS_PER_APPEND = 1000;
    private static final int IN_FLIGHT = 16;
    private static final int APPENDS = 1000;

    @Override
    public String name() {
        return "append";
    }

    @Override
    public String what() {
        return "100-byte records appended durably, 1000 an append, 16 in flight; peer: the bytes alone to a file,"
                + " forced";
    }

    @Override
    public List<Figure> run(Path directory) throws Exception {
        try (LogStore store = LogStore.open(directory.resolve("log"), LogSettings.DEFAULT, InstantSource.system())) {
            ShardLog shard =
                    store.create("s", StreamSettings.ofShards(1)).shards().getFirst();
            double ours = Rounds.millionsPerSecond(() -> append(shard));
            double peer = Rounds.millionsPerSecond(() -> appendPlain(directory.resolve("plain")));
            return List.of(
                    new Figure("Millrace log", ours, "M records/s"),
                    new Figure("plain file, one force per 16 writes", peer, "M records/s"));
        }
    }

    private static long append(ShardLog shard) {
        RecordBatch batch = new RecordBatch();
        byte[] key = "key".getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[100];
        for (int i = 0; i < RECORDS_PER_APPEND; i++) {
            batch.add(key, payload);
        }
        Deque<CompletableFuture<Appended>> inFlight = new ArrayDeque<>();
        for (int i = 0; i < APPENDS; i++) {
            if (inFlight.size() == IN_FLIGHT) {
                inFlight.remove().join();
            }
            inFlight.add(shard.append(batch, null));
        }
        inFlight.forEach(CompletableFuture::join);
        return (long) APPENDS * RECORDS_PER_APPEND;
    }

    private static long appendPlain(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(100 * RECORDS_PER_APPEND);
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (int i = 0; i < APPENDS; i++) {
                bytes.clear();
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                if (i % IN_FLIGHT == 0) {
                    out.force(false);
                }
            }
            out.force(false);
        }
        return (long) APPENDS * RECORDS_PER_APPEND;
    }
}
