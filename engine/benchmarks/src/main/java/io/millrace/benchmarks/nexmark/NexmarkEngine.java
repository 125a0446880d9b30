package io.millrace.benchmarks.nexmark;

import io.millrace.format.json.JsonFormat;
import io.millrace.runtime.pump.PumpSettings;
import io.millrace.server.engine.Engine;
import io.millrace.server.engine.EngineSettings;
import io.millrace.server.session.ResultCursor;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.Options;
import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.RecordBatch;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.sql.statement.Prepared;
import io.millrace.sql.statement.StatementText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Millrace with Nexmark's events in its streams. For one thread. */
final class NexmarkEngine implements AutoCloseable {

    private static final byte[] KEY = Words.ascii("k");

    private final Engine engine;
    private final SqlSession session;

    private NexmarkEngine(Engine engine) {
        this.engine = engine;
        this.session = engine.open("bench", "nexmark");
    }

    /** Opens a directory that has been loaded. */
    static NexmarkEngine open(Path directory) {
        return open(directory, EngineSettings.DEFAULT.workers());
    }

    private static NexmarkEngine open(Path directory, int workers) {
        return new NexmarkEngine(Engine.open(directory, EngineSettings.DEFAULT.withWorkers(workers)));
    }

    /** As {@link #load(Path, EventBatches, boolean, int)}, with as many workers as is usual. */
    static NexmarkEngine load(Path directory, EventBatches batches, boolean json) throws IOException {
        return load(directory, batches, json, EngineSettings.DEFAULT.workers());
    }

    /** Opens an empty directory and fills it, with records of JSON or with typed rows. */
    static NexmarkEngine load(Path directory, EventBatches batches, boolean json, int workers) throws IOException {
        NexmarkEngine loaded = open(directory, workers);
        for (StatementText statement : loaded.session.split(NexmarkQuery.resource("streams.sql"))) {
            loaded.run(statement.text());
        }
        for (EventBatches.Table table : EventBatches.Table.values()) {
            ShardLog shard = loaded.engine.streams().log(table.id()).shards().getFirst();
            batches.each(table, json ? new Records(shard, table) : rows -> append(shard, rows));
        }
        return loaded;
    }

    private static void append(ShardLog shard, RowBatch rows) {
        shard.append(rows, null, LogBatch.NO_BOUND, null).join();
    }

    void run(String statement) {
        session.execute(session.prepare(statement, List.of()), List.of()).close();
    }

    /** Plans a query. */
    Prepared prepare(String sql) {
        return session.prepare(sql, List.of());
    }

    /** Plans and runs a query as {@link #query(Prepared, Consumer)} does. */
    void query(String sql, Consumer<RowBatch> rows) {
        query(prepare(sql), rows);
    }

    /** Runs a query in this thread, until it ends or, where it goes on, has read what there is. */
    void query(Prepared prepared, Consumer<RowBatch> rows) {
        try (ResultCursor cursor = session.execute(prepared, List.of())) {
            Duration wait = cursor.endless() ? Duration.ZERO : Duration.ofDays(1);
            RowBatch batch = cursor.poll(wait);
            while (batch != null) {
                rows.accept(batch);
                batch = cursor.poll(wait);
            }
        }
    }

    /**
     * Returns a query as a pump, which is opened when it reads; its rows are thrown away.
     *
     * @param state a new directory, for its journal and its checkpoints
     * @param checkpoints how often its state is stored
     */
    NexmarkPump pump(String sql, Path state, Duration checkpoints) {
        PumpSettings settings = PumpSettings.DEFAULT.withCheckpointMicros(checkpoints.toNanos() / 1000);
        return new NexmarkPump(
                () -> engine.pump("nexmark", sql, new Blackhole(), state, settings),
                stream -> engine.streams().log(stream).shards().getFirst().endIndex());
    }

    @Override
    public void close() {
        session.close();
        engine.close();
    }

    /** Appends each row as a record of its own. */
    private static final class Records implements EventBatches.Taker {

        private final ShardLog shard;
        private final RowEncoder encoder;
        private final BytesColumn encoded = new BytesColumn(16);
        private final RecordBatch records = new RecordBatch();

        Records(ShardLog shard, EventBatches.Table table) {
            this.shard = shard;
            this.encoder = new JsonFormat().encoder(table.type(), Options.NONE);
        }

        @Override
        public void take(RowBatch rows) {
            encoder.encode(rows, encoded);
            for (int row = 0; row < rows.selectedCount(); row++) {
                records.add(KEY, 0, KEY.length, encoded.data(), encoded.starts()[row], encoded.ends()[row]);
            }
            shard.append(records, null).join();
            records.clear();
        }
    }
}
