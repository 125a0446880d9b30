package io.millrace.clients;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;

/** A table {@code lake.every_type} of Iceberg's that a delivery fills with rows of every type, for readers to read. */
final class IcebergLake {

    private IcebergLake() {}

    /** Delivers rows 1 and 3 with values, 2 and 4 with NULLs, in two commits, into a warehouse with a catalog in SQLite. */
    static void fill(SampleServer server, Path warehouse) throws Exception {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE STREAM every_type (id BIGINT NOT NULL, flag BOOLEAN, tiny TINYINT, small SMALLINT, whole"
                            + " INTEGER, single REAL, precise DOUBLE, cents DECIMAL(9, 2), money DECIMAL(18, 4), huge"
                            + " DECIMAL(38, 10), name VARCHAR, raw VARBINARY, d DATE, wall TIMESTAMP, numbers INTEGER"
                            + " ARRAY)");
            statement.execute("CREATE DELIVERY every_type_out FROM every_type TO 'iceberg:lake.every_type' WITH"
                    + " (warehouse = '" + warehouse.toUri() + "', partition_by = 'bucket(3, id), month(wall)',"
                    + " roll_interval = '50 ms', compaction_files = 2, upkeep_interval = '100 ms')");
            for (int half = 0; half < 2; half++) {
                statement.execute("INSERT INTO every_type VALUES (" + (half * 2 + 1)
                        + ", TRUE, -128, -32768, 2147483647, 1.5, -2.25, 1234567.89, -99999999999999.9999,"
                        + " 1234567890123456789012345678.0123456789, 'Größe', X'00ff10', DATE '1969-12-31', TIMESTAMP"
                        + " '2026-01-31 23:59:59.123456', ARRAY[1, NULL, 3]), (" + (half * 2 + 2)
                        + ", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)");
                awaitDelivered(server, 2 * half + 2);
            }
        }
    }

    private static void awaitDelivered(SampleServer server, int rows) throws Exception {
        while (server.rows("SHOW DELIVERIES").stream().noneMatch(row -> isDelivered(row, rows))) {
            Thread.onSpinWait();
        }
    }

    /** Of name, stream, url, state, guarantee, files, rows, lag, …: so many rows are there, and nothing is to come. */
    private static boolean isDelivered(String delivery, int rows) {
        String[] fields = delivery.split("\\|", -1);
        return fields[0].equals("every_type_out") && fields[6].equals(String.valueOf(rows)) && fields[7].equals("0");
    }
}
