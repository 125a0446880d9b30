package io.millrace.benchmarks.program;

import io.millrace.server.engine.Engine;
import io.millrace.server.postgres.PostgresGateway;
import io.millrace.server.postgres.PostgresSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code COPY FROM STDIN}: the same client, the same bytes, into Millrace and, where the environment names one with
 * {@value #PEER}, into a PostgreSQL; {@code with-postgres} beside the sources starts one of its own for a while.
 */
public final class CopyMeasurement implements Measurement {

    private static final int ROWS_PER_PART = 100_000;
    private static final int PARTS = 5;

    @Override
    public String name() {
        return "copy";
    }

    @Override
    public String what() {
        return "COPY FROM STDIN of rows of seven columns, about 95 bytes, 500,000 at a time, with pgjdbc; peer:"
                + " PostgreSQL at $" + Peer.VARIABLE;
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
        String peer = Peer.url();
        if (peer != null) {
            measure("PostgreSQL", peer, "TABLE", figures);
        }
        return figures;
    }

    private static void measure(String subject, String url, String kind, List<Figure> figures) throws Exception {
        for (String form : List.of("text", "csv")) {
            byte[] part = Trades.copyText(ROWS_PER_PART, form.equals("csv") ? ',' : '\t');
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                statement.execute(Trades.create(kind, "copied_" + form));
                double rate =
                        Rounds.millionsPerSecond(() -> Trades.copyIn(connection, "copied_" + form, form, part, PARTS));
                figures.add(new Figure(subject + ", " + form, rate, "M rows/s"));
                figures.add(new Figure(subject + ", " + form, rate * part.length / ROWS_PER_PART, "MB/s"));
            }
        }
    }
}
