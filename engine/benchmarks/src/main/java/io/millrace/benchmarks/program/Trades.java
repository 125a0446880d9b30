package io.millrace.benchmarks.program;

import io.millrace.server.engine.Engine;
import io.millrace.server.session.ResultCursor;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.row.RowBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.postgresql.PGConnection;

/** Trades of seven columns: the rows that scans are measured on. */
final class Trades {

    static final String COLUMNS =
            "id BIGINT, ticker VARCHAR, price DOUBLE, quantity INTEGER, venue VARCHAR, traded_at TIMESTAMP, note"
                    + " VARCHAR";

    /** Three of the seven columns, with a filter that half of the rows pass. */
    static final String QUERY = "SELECT id, price, quantity FROM trades WHERE quantity < 500";

    private Trades() {}

    static void execute(Engine engine, String sql) {
        try (SqlSession session = engine.open("bench", "bench")) {
            session.execute(session.prepare(sql, List.of()), List.of()).close();
        }
    }

    /** Runs a query to its end in this thread and returns how many rows it gave. */
    static long drain(Engine engine, String sql) {
        try (SqlSession session = engine.open("bench", "bench");
                ResultCursor cursor = session.execute(session.prepare(sql, List.of()), List.of())) {
            long rows = 0;
            while (!cursor.finished()) {
                RowBatch batch = cursor.poll(Duration.ofSeconds(1));
                rows += batch == null ? 0 : batch.selectedCount();
            }
            return rows;
        }
    }

    /** Returns the statement that creates a STREAM of Millrace, or a TABLE of PostgreSQL, of trades. */
    static String create(String kind, String name) {
        String columns = kind.equals("TABLE") ? COLUMNS.replace("DOUBLE", "DOUBLE PRECISION") : COLUMNS;
        return "CREATE " + kind + " " + name + " (" + columns + ")";
    }

    /** Returns rows of about 95 bytes for COPY, as text or, with a comma, as CSV. */
    static byte[] copyText(int count, char delimiter) {
        Random random = new Random(1);
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
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

    /** Copies the same text so many times over a connection of pgjdbc. */
    static long copyIn(Connection connection, String into, String form, byte[] part, int parts) throws Exception {
        return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + into + " FROM STDIN (FORMAT " + form + ")", repeated(part, parts));
    }

    private static SequenceInputStream repeated(byte[] part, int parts) {
        List<ByteArrayInputStream> all = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            all.add(new ByteArrayInputStream(part));
        }
        return new SequenceInputStream(Collections.enumeration(all));
    }

    /** Returns a JSON record of about 260 bytes. */
    static String json(Random random, long id) {
        return String.format(
                Locale.ROOT,
                "{\"id\":%d,\"ticker\":\"%s\",\"price\":%.2f,\"quantity\":%d,\"venue\":\"XNAS\","
                        + "\"traded_at\":\"2026-01-01 12:%02d:%02d.%06d\",\"note\":\"%s\"}",
                id,
                "TICK" + random.nextInt(1000),
                random.nextInt(100_000) / 100.0,
                random.nextInt(1000),
                random.nextInt(60),
                random.nextInt(60),
                random.nextInt(1_000_000),
                "x".repeat(125));
    }
}
