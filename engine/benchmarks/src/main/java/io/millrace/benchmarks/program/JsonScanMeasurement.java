package io.millrace.benchmarks.program;

import io.millrace.server.engine.Engine;
import io.millrace.server.engine.EngineSettings;
import io.millrace.spi.log.RecordBatch;
import io.millrace.spi.log.ShardLog;
import java.io.BufferedWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Random;

/** How fast SQL reads records of JSON: three of seven fields with a filter, one thread. */
public final class JsonScanMeasurement implements Measurement {

    private static final int RECORDS = 2_000_000;
    private static final int RECORDS_PER_APPEND = 10_000;

    @Override
    public String name() {
        return "json";
    }

    @Override
    public String what() {
        return "2 million JSON records of about 260 bytes, 3 of 7 fields, a filter that half pass, one thread;"
                + " peer: DuckDB's read_json over a file of the same records";
    }

    @Override
    public List<Figure> run(Path directory) throws Exception {
        Path file = directory.resolve("trades.jsonl");
        try (Engine engine = Engine.open(directory.resolve("data"), EngineSettings.DEFAULT.withDecodeThreads(0))) {
            Trades.execute(engine, "CREATE STREAM trades (" + Trades.COLUMNS + ") WITH (format = 'json')");
            fill(engine, file);
            double ours = Rounds.millionsPerCpuSecond(() -> {
                Trades.drain(engine, Trades.QUERY);
                return RECORDS;
            });
            return List.of(
                    new Figure("Millrace", ours, "M records per CPU second"),
                    new Figure("DuckDB read_json, threads = 1", peer(file), "M records per CPU second"));
        }
    }

    private static void fill(Engine engine, Path file) throws Exception {
        ShardLog shard = engine.streams().log("trades").shards().getFirst();
        Random random = new Random(1);
        byte[] key = "k".getBytes(StandardCharsets.UTF_8);
        RecordBatch batch = new RecordBatch();
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            for (int id = 0; id < RECORDS; id++) {
                String json = Trades.json(random, id);
                lines.write(json);
                lines.write('\n');
                batch.add(key, json.getBytes(StandardCharsets.UTF_8));
                if (batch.size() == RECORDS_PER_APPEND) {
                    shard.append(batch, null).join();
                    batch.clear();
                }
            }
        }
    }

    private static double peer(Path file) throws Exception {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("SET threads = 1");
            String query = "SELECT SUM(id), SUM(price), SUM(quantity) FROM read_json('" + file
                    + "', format = 'newline_delimited', columns = {id: 'BIGINT', price: 'DOUBLE', quantity: 'INTEGER'})"
                    + " WHERE quantity < 500";
            return Rounds.millionsPerCpuSecond(() -> {
                try (ResultSet result = statement.executeQuery(query)) {
                    result.next();
                }
                return RECORDS;
            });
        }
    }
}
