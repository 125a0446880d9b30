package io.millrace.benchmarks.program;

import io.millrace.server.engine.Engine;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** How fast stored rows are put into groups, few and many; one thread. */
public final class GroupMeasurement implements Measurement {

    private static final int ROWS = 10_000_000;
    private static final int FEW = 1000;
    private static final int MANY = 1_000_000;
    private static final int ROWS_PER_APPEND = 50_000;

    /** Only groups that are larger than all are put out, so that putting out is not what is measured. */
    private static final String QUERY =
            "SELECT %1$s, COUNT(*), SUM(amount) FROM sales GROUP BY %1$s HAVING COUNT(*) > 100000";

    private static final Map<String, String> KEYS = new LinkedHashMap<>();

    static {
        KEYS.put("1,000 groups by number", "few");
        KEYS.put("1,000 groups by text", "ticker");
        KEYS.put("1 million groups by number", "many");
        KEYS.put("10,000 groups by text and number", "ticker, tenth");
    }

    @Override
    public String name() {
        return "group";
    }

    @Override
    public String what() {
        return "10 million typed rows in 1,000 to 1 million groups, COUNT and SUM, one thread; peer: DuckDB, its own"
                + " table";
    }

    @Override
    public List<Figure> run(Path directory) throws Exception {
        List<Figure> figures = new ArrayList<>();
        try (Engine engine = Engine.open(directory.resolve("data"))) {
            Trades.execute(
                    engine,
                    "CREATE STREAM sales (few INTEGER, ticker VARCHAR, many BIGINT, tenth INTEGER, amount BIGINT)");
            fill(engine);
            for (Map.Entry<String, String> key : KEYS.entrySet()) {
                double rate = Rounds.millionsPerCpuSecond(() -> {
                    Trades.drain(engine, String.format(QUERY, key.getValue()));
                    return ROWS;
                });
                figures.add(new Figure("Millrace, " + key.getKey(), rate, "M rows per CPU second"));
            }
        }
        peer(figures);
        return figures;
    }

    private static void fill(Engine engine) {
        ShardLog shard = engine.streams().log("sales").shards().getFirst();
        Random random = new Random(1);
        RowBatch batch = RowBatch.create(engine.streams().columns("sales"), ROWS_PER_APPEND);
        for (int first = 0; first < ROWS; first += ROWS_PER_APPEND) {
            batch.clear();
            for (int row = 0; row < ROWS_PER_APPEND; row++) {
                ((IntColumn) batch.column(0)).set(row, random.nextInt(FEW));
                ((BytesColumn) batch.column(1)).append(row, "TICK" + random.nextInt(FEW));
                ((LongColumn) batch.column(2)).set(row, random.nextInt(MANY));
                ((IntColumn) batch.column(3)).set(row, random.nextInt(10));
                ((LongColumn) batch.column(4)).set(row, first + row);
            }
            batch.size(ROWS_PER_APPEND);
            shard.append(batch, null, LogBatch.NO_BOUND, null).join();
        }
    }

    private static void peer(List<Figure> figures) throws Exception {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("SET threads = 1");
            statement.execute("CREATE TABLE sales AS SELECT CAST(floor(random() * " + FEW + ") AS INTEGER) AS few,"
                    + " 'TICK' || CAST(floor(random() * " + FEW + ") AS INTEGER) AS ticker,"
                    + " CAST(floor(random() * " + MANY + ") AS BIGINT) AS many,"
                    + " CAST(floor(random() * 10) AS INTEGER) AS tenth, range AS amount FROM range(" + ROWS + ")");
            for (Map.Entry<String, String> key : KEYS.entrySet()) {
                double rate = Rounds.millionsPerCpuSecond(() -> {
                    try (ResultSet result = statement.executeQuery(String.format(QUERY, key.getValue()))) {
                        result.next();
                    }
                    return ROWS;
                });
                figures.add(new Figure("DuckDB, threads = 1, " + key.getKey(), rate, "M rows per CPU second"));
            }
        }
    }
}
