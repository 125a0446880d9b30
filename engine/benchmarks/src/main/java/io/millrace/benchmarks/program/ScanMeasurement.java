package io.millrace.benchmarks.program;

import io.millrace.server.engine.Engine;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Random;

/** How fast SQL reads a stream of typed rows: three of seven columns with a filter, one thread. */
public final class ScanMeasurement implements Measurement {

    private static final int ROWS = 8_000_000;
    private static final int ROWS_PER_APPEND = 50_000;

    @Override
    public String name() {
        return "scan";
    }

    @Override
    public String what() {
        return "8 million typed rows, 3 of 7 columns, a filter that half pass, one thread; peer: DuckDB, its own table";
    }

    @Override
    public List<Figure> run(Path directory) throws Exception {
        try (Engine engine = Engine.open(directory.resolve("data"))) {
            Trades.execute(engine, "CREATE STREAM trades (" + Trades.COLUMNS + ")");
            fill(engine);
            double ours = Rounds.millionsPerCpuSecond(() -> {
                Trades.drain(engine, Trades.QUERY);
                return ROWS;
            });
            return List.of(
                    new Figure("Millrace", ours, "M rows per CPU second"),
                    new Figure("DuckDB, threads = 1", peer(), "M rows per CPU second"));
        }
    }

    private static void fill(Engine engine) {
        ShardLog shard = engine.streams().log("trades").shards().getFirst();
        Random random = new Random(1);
        RowBatch batch = RowBatch.create(engine.streams().columns("trades"), ROWS_PER_APPEND);
        for (int first = 0; first < ROWS; first += ROWS_PER_APPEND) {
            batch.clear();
            for (int row = 0; row < ROWS_PER_APPEND; row++) {
                ((LongColumn) batch.column(0)).set(row, first + row);
                ((BytesColumn) batch.column(1)).append(row, "TICK" + random.nextInt(1000));
                ((DoubleColumn) batch.column(2)).set(row, random.nextInt(100_000) / 100.0);
                ((IntColumn) batch.column(3)).set(row, random.nextInt(1000));
                ((BytesColumn) batch.column(4)).append(row, "XNAS");
                ((LongColumn) batch.column(5)).set(row, 1_767_268_800_000_000L + first + row);
                ((BytesColumn) batch.column(6)).append(row, "a note of some length");
            }
            batch.size(ROWS_PER_APPEND);
            shard.append(batch, null, LogBatch.NO_BOUND, null).join();
        }
    }

    /** The answer is consumed inside DuckDB, which is kinder to it than fetching the rows would be. */
    private static double peer() throws Exception {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("SET threads = 1");
            statement.execute("CREATE TABLE trades AS SELECT range AS id, 'TICK' || (range * 7919 % 1000) AS ticker,"
                    + " random() * 1000 AS price, CAST(random() * 1000 AS INTEGER) AS quantity, 'XNAS' AS venue,"
                    + " TIMESTAMP '2026-01-01' + INTERVAL (range) MICROSECOND AS traded_at,"
                    + " 'a note of some length' AS note FROM range(" + ROWS + ")");
            return Rounds.millionsPerCpuSecond(() -> {
                try (ResultSet result = statement.executeQuery(
                        "SELECT SUM(id), SUM(price), SUM(quantity) FROM trades WHERE quantity < 500")) {
                    result.next();
                }
                return ROWS;
            });
        }
    }
}
