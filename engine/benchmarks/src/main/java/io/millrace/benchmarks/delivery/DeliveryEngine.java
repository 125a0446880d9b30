package io.millrace.benchmarks.delivery;

import io.millrace.benchmarks.peer.Cost;
import io.millrace.format.json.JsonFormat;
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
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/** Millrace with the rows of {@link EightColumns} in two streams: as records of JSON, and typed. For one thread. */
final class DeliveryEngine implements AutoCloseable {

    static final String JSON = "orders_json";
    static final String TYPED = "orders";

    /** Seldom enough to cost nothing beside what is measured. */
    private static final long LOOK_NANOS = 5_000_000;

    private static final int LOOKS_PER_CHECK = 400;
    private static final byte[] KEY = "k".getBytes(StandardCharsets.UTF_8);
    private static final String COLUMNS = "(id BIGINT NOT NULL, \"at\" TIMESTAMP NOT NULL, account VARCHAR NOT NULL,"
            + " symbol VARCHAR NOT NULL, note VARCHAR, price DOUBLE, quantity INTEGER NOT NULL, buy BOOLEAN NOT NULL)";

    private final Engine engine;
    private final SqlSession session;
    private final long rows;
    private int deliveries;

    private DeliveryEngine(Engine engine, long rows) {
        this.engine = engine;
        this.session = engine.open("bench", "delivery");
        this.rows = rows;
    }

    /** Opens an empty directory, in which nobody decodes beside a delivery's own thread, and fills both streams. */
    static DeliveryEngine load(Path directory, long rows) throws IOException {
        DeliveryEngine loaded =
                new DeliveryEngine(Engine.open(directory, EngineSettings.DEFAULT.withDecodeThreads(0)), rows);
        loaded.run("CREATE STREAM " + JSON + " " + COLUMNS + " WITH (format = 'json')");
        loaded.run("CREATE STREAM " + TYPED + " " + COLUMNS);
        ShardLog records = loaded.shard(JSON);
        ShardLog typed = loaded.shard(TYPED);
        RowEncoder encoder = new JsonFormat().encoder(EightColumns.TYPE, Options.NONE);
        BytesColumn encoded = new BytesColumn(16);
        EightColumns.each(rows, batch -> {
            typed.append(batch, null, LogBatch.NO_BOUND, null).join();
            encoded.clear();
            encoder.encode(batch, encoded);
            RecordBatch lines = new RecordBatch();
            for (int row = 0; row < batch.size(); row++) {
                lines.add(KEY, 0, KEY.length, encoded.data(), encoded.starts()[row], encoded.ends()[row]);
            }
            records.append(lines, null).join();
        });
        return loaded;
    }

    private ShardLog shard(String stream) {
        return engine.streams().log(stream).shards().getFirst();
    }

    private void run(String statement) {
        session.execute(session.prepare(statement, List.of()), List.of()).close();
    }

    /**
     * Delivers a stream from its beginning into one file of a new folder, and returns what that took: from the statement
     * until the file is visible, which is after it and the delivery's journal are on disk.
     *
     * @param options the format's, as they stand in the statement
     */
    Cost deliver(String stream, String options, Path target) throws Exception {
        Files.createDirectories(target);
        String name = "delivery_" + deliveries++;
        String statement = String.format(
                Locale.ROOT,
                "CREATE DELIVERY %s FROM %s TO '%s' WITH (%s, roll_rows = '%d', roll_bytes = '100 GB')",
                name,
                stream,
                target.toUri(),
                options,
                rows);
        Cost cost = Cost.of(() -> {
            run(statement);
            await(target);
        });
        run("DROP DELIVERY " + name);
        return cost;
    }

    private void await(Path target) throws IOException {
        for (int looks = 1; files(target).isEmpty(); looks++) {
            LockSupport.parkNanos(LOOK_NANOS);
            if (looks % LOOKS_PER_CHECK == 0) {
                checkDeliveries();
            }
        }
    }

    /** Returns what is visible in a folder. */
    static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            all.forEach(file -> {
                if (!file.getFileName().toString().startsWith(".")) {
                    files.add(file);
                }
            });
        }
        return files;
    }

    private void checkDeliveries() {
        try (ResultCursor cursor = session.execute(session.prepare("SHOW DELIVERIES", List.of()), List.of())) {
            RowType columns = Objects.requireNonNull(cursor.rowType());
            int state = columns.indexOf("state");
            int error = columns.indexOf("last_error");
            RowBatch batch = cursor.poll(Duration.ofSeconds(10));
            for (int i = 0; batch != null && i < batch.selectedCount(); i++) {
                int row = batch.selectedRow(i);
                if (!((BytesColumn) batch.column(state)).text(row).equals("running")) {
                    throw new IllegalStateException(
                            "the delivery fails: " + ((BytesColumn) batch.column(error)).text(row));
                }
            }
        }
    }

    @Override
    public void close() {
        session.close();
        engine.close();
    }
}
