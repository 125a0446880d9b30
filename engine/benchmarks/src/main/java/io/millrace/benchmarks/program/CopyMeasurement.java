package io.millrace.benchmarks.program;

import io.millrace.server.engine.Engine;
import io.millrace.server.postgres.PostgresGateway;
import io.millrace.server.postgres.PostgresSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.SequenceInputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.postgresql.PGConnection;

/**
 * {@code COPY FROM STDIN}: the same client, the same bytes, into Millrace and, where the environment names one with
 * {@value #PEER}, into a PostgreSQL; {@code with-postgres} beside the sources starts one of its own for a while.
 */
public final class CopyMeasurement implements Measurement {

    private static final String PEER = "MILLRACE_BENCH_POSTGRES";
    private static final int ROWS_PER_PART = 100_000;
    private static final int PARTS = 5;

    @Override
    public String name() {
        return "copy";
    }

    @Override
    public String what() {
        return "COPY FROM STDIN of rows of seven columns, about 95 bytes, 500,000 at a time, with pgjdbc; peer:"
                + " PostgreSQL at $" + PEER;
    }

    @Override
    public List<Figure> run(Path directory) throws Exception {
        List<Figure> figures = new ArrayList<>();
        try (Engine engine = Engine.open(directory.resolve("data"));
                PostgresGateway gateway =
                        new PostgresGateway(engine, PostgresSettings.defaults().withAddress("127.0.0.1", 0))) {
            InetSocketAddress address = gateway.start();
            String url = "jdbc:postgresql://127.0.0.1:" + address.getPort() + "/millrace?user=millrace";
            measure("Millrace", url, "STREAM", figures);
        }
        String peer = System.getenv(PEER);
        if (peer != null) {
            measure("PostgreSQL", peer, "TABLE", figures);
        }
        return figures;
    }

    private static void measure(String subject, String url, String kind, List<Figure> figures) throws Exception {
        for (String form : List.of("text", "csv")) {
            byte[] part = part(form.equals("csv") ? ',' : '\t');
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                String columns =
                        kind.equals("TABLE") ? Trades.COLUMNS.replace("DOUBLE", "DOUBLE PRECISION") : Trades.COLUMNS;
                statement.execute("CREATE " + kind + " copied_" + form + " (" + columns + ")");
                double rate = Rounds.millionsPerSecond(() -> connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("COPY copied_" + form + " FROM STDIN (FORMAT " + form + ")", parts(part)));
                figures.add(new Figure(subject + ", " + form, rate, "M rows/s"));
                figures.add(new Figure(subject + ", " + form, rate * part.length / ROWS_PER_PART, "MB/s"));
            }
        }
    }

    private static SequenceInputStream parts(byte[] part) {
        List<ByteArrayInputStream> parts = new ArrayList<>();
        for (int i = 0; i < PARTS; i++) {
            parts.add(new ByteArrayInputStream(part));
        }
        return new SequenceInputStream(Collections.enumeration(parts));
    }

    private static byte[] part(char delimiter) {
        Random random = new Random(1);
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        for (int i = 0; i < ROWS_PER_PART; i++) {
            String row = String.format(
                    Locale.ROOT,
                    "%d|TICK%d|%.2f|%d|XNAS|2026-01-01 12:%02d:%02d.%06d|%s%n",
                    1_000_000L + i,
                    random.nextInt(1000),
                    random.nextInt(100_000) / 100.0,
                    random.nextInt(1000),
                    random.nextInt(60),
                    random.nextInt(60),
                    random.nextInt(1_000_000),
                    "x".repeat(40));
            rows.writeBytes(row.replace('|', delimiter).getBytes(StandardCharsets.UTF_8));
        }
        return rows.toByteArray();
    }
}
