package io.millrace.benchmarks.program;

import io.millrace.server.engine.Engine;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** How fast rows find their partners, in a query that ends and in one that goes on; one thread. */
public final class JoinMeasurement implements Measurement {

    private static final int FACTS = 10_000_000;
    private static final int DIMENSIONS = 1_000_000;
    private static final int STREAMED = 2_000_000;
    private static final int ROWS_PER_APPEND = 50_000;
    private static final long APART = 1_000_003;
    private static final String BOUNDED =
            "SELECT COUNT(*), SUM(f.amount), SUM(d.weight) FROM facts f JOIN dimensions d ON f.dimension = d.id";
    private static final String FAR_APART =
            BOUNDED.replace("d.id", "d.far_id").replace("f.dimension", "f.far_dimension");
    private static final String ENDLESS = "SELECT STREAM f.amount, d.weight FROM few_facts f JOIN dimensions d"
            + " ON f.dimension = d.id LIMIT " + STREAMED;

    @Override
    public String name() {
        return "join";
    }

    @Override
    public String what() {
        return "10 million typed rows, each with one of 1 million partners in no order, one thread; peer: DuckDB,"
                + " its own tables; and 2 million against the 1 million with both sides kept";
    }

    @Override
    public List<Figure> run(Path directory) throws Exception {
        try (Engine engine = Engine.open(directory.resolve("data"))) {
            Trades.execute(engine, "CREATE STREAM facts (dimension BIGINT, amount BIGINT, far_dimension BIGINT)");
            Trades.execute(engine, "CREATE STREAM few_facts (dimension BIGINT, amount BIGINT, far_dimension BIGINT)");
            Trades.execute(engine, "CREATE STREAM dimensions (id BIGINT, weight BIGINT, far_id BIGINT)");
            Random random = new Random(1);
            fill(engine, "facts", FACTS, row -> random.nextInt(DIMENSIONS));
            fill(engine, "few_facts", STREAMED, row -> random.nextInt(DIMENSIONS));
            fill(engine, "dimensions", DIMENSIONS, JoinMeasurement::scattered);
            double bounded = ours(engine, BOUNDED, FACTS);
            double apart = ours(engine, FAR_APART, FACTS);
            double endless = ours(engine, ENDLESS, STREAMED + DIMENSIONS);
            List<Figure> figures = new ArrayList<>();
            figures.add(new Figure("Millrace, a query that ends", bounded, "M rows per CPU second"));
            figures.add(new Figure("Millrace, the same by keys far apart", apart, "M rows per CPU second"));
            figures.add(
                    new Figure("Millrace, a query that goes on, rows of both sides", endless, "M rows per CPU second"));
            peer(figures);
            return figures;
        }
    }

    private static double ours(Engine engine, String query, int rows) throws Exception {
        return Rounds.millionsPerCpuSecond(() -> {
            Trades.drain(engine, query);
            return rows;
        });
    }

    /** Gives each number below the count another one below it, far from its neighbours'. */
    private static long scattered(long row) {
        return row * 611_953 % DIMENSIONS;
    }

    private interface Keys {
        long key(long row);
    }

    private static void fill(Engine engine, String stream, int rows, Keys keys) {
        ShardLog shard = engine.streams().log(stream).shards().getFirst();
        RowBatch batch = RowBatch.create(engine.streams().columns(stream), ROWS_PER_APPEND);
        for (int first = 0; first < rows; first += ROWS_PER_APPEND) {
            batch.clear();
            for (int row = 0; row < ROWS_PER_APPEND; row++) {
                long key = keys.key(first + row);
                ((LongColumn) batch.column(0)).set(row, key);
                ((LongColumn) batch.column(1)).set(row, first + row);
                ((LongColumn) batch.column(2)).set(row, key * APART);
            }
            batch.size(ROWS_PER_APPEND);
            shard.append(batch, null, LogBatch.NO_BOUND, null).join();
        }
    }

    private static void peer(List<Figure> figures) throws Exception {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("SET threads = 1");
            statement.execute("CREATE TABLE facts AS SELECT *, dimension * " + APART
                    + " AS far_dimension FROM (SELECT CAST(floor(random() * " + DIMENSIONS
                    + ") AS BIGINT) AS dimension, range AS amount FROM range(" + FACTS + "))");
            statement.execute("CREATE TABLE dimensions AS SELECT *, id * " + APART + " AS far_id FROM (SELECT"
                    + " range * 611953 % " + DIMENSIONS + " AS id, range AS weight FROM range(" + DIMENSIONS + "))");
            figures.add(new Figure("DuckDB, threads = 1", peer(statement, BOUNDED), "M rows per CPU second"));
            figures.add(new Figure(
                    "DuckDB, threads = 1, by keys far apart", peer(statement, FAR_APART), "M rows per CPU second"));
        }
    }

    private static double peer(Statement statement, String query) throws Exception {
        return Rounds.millionsPerCpuSecond(() -> {
            try (ResultSet result = statement.executeQuery(query)) {
                result.next();
            }
            return FACTS;
        });
    }
}
