package io.millrace.clients;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table of a lake that a delivery fills with rows of every type, for readers to read. */
final class EveryTypeTable {

    private EveryTypeTable() {}

    /** Fills {@code lake.every_type} of Iceberg's, in a warehouse with a catalog in SQLite; see the other. */
    static void fill(SampleServer server, Path warehouse) throws Exception {
        fill(
                server,
                "'iceberg:lake.every_type' WITH (warehouse = '" + warehouse.toUri() + "', partition_by = 'bucket(3,"
                        + " id), month(wall)', compaction_files = 2,");
    }

    /**
     * Delivers rows 1 and 3 with values, 2 and 4 with NULLs, in two commits.
     *
     * @param destination URL and options of the delivery, up to the last of these, and a comma
     */
    static void fill(SampleServer server, String destination) throws Exception {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE STREAM every_type (id BIGINT NOT NULL, flag BOOLEAN, tiny TINYINT, small SMALLINT, whole"
                            + " INTEGER, single REAL, precise DOUBLE, cents DECIMAL(9, 2), money DECIMAL(18, 4), huge"
                            + " DECIMAL(38, 10), name VARCHAR, raw VARBINARY, d DATE, wall TIMESTAMP, numbers INTEGER"
                            + " ARRAY)");
            statement.execute("CREATE DELIVERY every_type_out FROM every_type TO " + destination
                    + " roll_interval = '50 ms', upkeep_interval = '100 ms')");
            for (int half = 0; half < 2; half++) {
                insert(statement, half * 2 + 1);
                awaitDelivered(server, 2 * half + 2);
            }
        }
    }

    /** Drops the stream and the delivery; the table stays. */
    static void drop(SampleServer server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DELIVERY every_type_out");
            statement.execute("DROP STREAM every_type");
        }
    }

    /** Inserts a row with values, and a row of the next id with NULLs. */
    static void insert(Statement statement, int id) throws SQLException {
        statement.execute("INSERT INTO every_type VALUES (" + id
                + ", TRUE, -128, -32768, 2147483647, 1.5, -2.25, 1234567.89, -99999999999999.9999,"
                + " 1234567890123456789012345678.0123456789, 'Größe', X'00ff10', DATE '1969-12-31', TIMESTAMP"
                + " '2026-01-31 23:59:59.123456', ARRAY[1, NULL, 3]), (" + (id + 1)
                + ", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)");
    }

    /** Waits until so many rows of the stream are delivered. */
    static void awaitDelivered(SampleServer server, int rows) throws Exception {
        while (server.rows("SHOW DELIVERIES").stream().noneMatch(row -> isDelivered(row, rows))) {
            Thread.onSpinWait();
        }
    }

    /** Of name, stream, url, state, guarantee, files, rows, lag, …: so many rows are there, and nothing is to come. */
    private static boolean isDelivered(String delivery, int rows) {
        String[] fields = delivery.split("\\|", -1);
        return fields[0].equals("every_type_out") && fields[6].equals(String.valueOf(rows)) && fields[7].equals("0");
    }

    /** Returns {@link ValueText} of a row with values. */
    static String full(long id) {
        return ValueText.of(Arrays.asList(
                id,
                true,
                -128,
                -32768,
                Integer.MAX_VALUE,
                1.5f,
                -2.25,
                new BigDecimal("1234567.89"),
                new BigDecimal("-99999999999999.9999"),
                new BigDecimal("1234567890123456789012345678.0123456789"),
                "Größe",
                new byte[] {0, -1, 16},
                LocalDate.of(1969, 12, 31),
                LocalDateTime.of(2026, 1, 31, 23, 59, 59, 123_456_000),
                Arrays.asList(1, null, 3)));
    }

    /** Returns {@link ValueText} of a row with NULLs. */
    static String empty(long id) {
        List<@Nullable Object> values = new ArrayList<>(Collections.nCopies(15, null));
        values.set(0, id);
        return ValueText.of(values);
    }
}
