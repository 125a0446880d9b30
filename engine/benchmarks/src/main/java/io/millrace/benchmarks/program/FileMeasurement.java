package io.millrace.benchmarks.program;

import io.millrace.server.engine.Engine;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** How fast queries are answered from a Parquet file that DuckDB wrote; one thread. */
public final class FileMeasurement implements Measurement {

    private static final int ROWS = 10_000_000;

    private static final List<String> QUERIES = List.of(
            "SELECT city, COUNT(*), SUM(fare) FROM %s WHERE fare > 10 GROUP BY city",
            "SELECT passengers, COUNT(*), SUM(fare) FROM %s GROUP BY passengers",
            "SELECT COUNT(*), SUM(id) FROM %s WHERE id BETWEEN 5000000 AND 5100000",
            "SELECT COUNT(*) FROM %s",
            "SELECT COUNT(*) FROM %s WHERE note LIKE '%%99'");

    @Override
    public String name() {
        return "files";
    }

    @Override
    public String what() {
        return "five queries of a Parquet file of 10 million rows, one thread; peer: DuckDB, the same file";
    }

    @Override
    public List<Figure> run(Path directory) throws Exception {
        Path file = directory.resolve("trips.parquet");
        List<Figure> figures = new ArrayList<>();
        try (Engine engine = Engine.open(directory.resolve("data"));
                Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            write(statement, file);
            statement.execute("SET threads = 1");
            for (String query : QUERIES) {
                double ours = Rounds.millionsPerCpuSecond(() -> {
                    Trades.drain(engine, String.format(query, "'" + file.toUri() + "'"));
                    return ROWS;
                });
                double theirs = Rounds.millionsPerCpuSecond(() -> {
                    try (ResultSet result = statement.executeQuery(String.format(query, "'" + file + "'"))) {
                        while (result.next()) {
                            result.getObject(1);
                        }
                    }
                    return ROWS;
                });
                String shown = String.format(query, "…");
                figures.add(new Figure("Millrace, " + shown, ROWS / ours / 1e3, "CPU ms"));
                figures.add(new Figure("DuckDB, " + shown, ROWS / theirs / 1e3, "CPU ms"));
            }
        }
        return figures;
    }

    private static void write(Statement duckdb, Path file) throws Exception {
        duckdb.execute("COPY (SELECT i AS id, 'city-' || (hash(i) % 200)::VARCHAR AS city,"
                + " (hash(i * 7) % 10000) / 100.0::DOUBLE AS fare, (hash(i * 3) % 6)::INTEGER AS passengers,"
                + " TIMESTAMP '2026-01-01 00:00:00' + to_seconds(i) AS at, 'note ' || i AS note FROM range(" + ROWS
                + ") AS r(i)) TO '" + file + "' (FORMAT parquet)");
    }
}
