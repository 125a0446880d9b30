package io.millrace.benchmarks.delivery;

import io.millrace.benchmarks.peer.Cost;
import io.millrace.benchmarks.peer.DuckDbPeer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * DuckDB's {@code COPY} of the same rows, with one thread, from a file of JSON or from a table of its own; and DuckDB as
 * the one who reads back what others wrote. For one thread.
 */
final class DuckDbDeliveries implements AutoCloseable {

    private static final String COLUMNS = "{id: 'BIGINT', \"at\": 'TIMESTAMP', account: 'VARCHAR', symbol: 'VARCHAR',"
            + " note: 'VARCHAR', price: 'DOUBLE', quantity: 'INTEGER', buy: 'BOOLEAN'}";

    private final DuckDbPeer duckDb;
    private final Path json;
    private boolean loaded;

    private DuckDbDeliveries(DuckDbPeer duckDb, Path json) {
        this.duckDb = duckDb;
        this.json = json;
    }

    static DuckDbDeliveries open(Path json) throws SQLException {
        return new DuckDbDeliveries(DuckDbPeer.open(), json);
    }

    /** Returns what a delivery to a file took, of a format that DuckDB has. */
    Cost deliver(DeliveryCase what, Path file) throws Exception {
        String rows = switch (what) {
            case JSON -> "(SELECT * FROM " + readJson() + ")";
            case TYPED -> table();
            case ORC -> throw new IllegalArgumentException("DuckDB writes no ORC");
        };
        return Cost.of(() -> duckDb.run("COPY " + rows + " TO '" + file + "' (FORMAT parquet, COMPRESSION zstd)"));
    }

    private String readJson() {
        return "read_json('" + json + "', format = 'newline_delimited', columns = " + COLUMNS + ")";
    }

    private String table() throws SQLException {
        if (!loaded) {
            duckDb.run("CREATE TABLE orders AS SELECT * FROM " + readJson());
            loaded = true;
        }
        return "orders";
    }

    /** Returns the {@link Totals} of Parquet files. */
    List<Long> totals(String files) throws SQLException {
        String sums = String.join(" AS BIGINT), CAST(", Totals.QUERIES);
        return duckDb.rows("SELECT CAST(" + sums + " AS BIGINT) FROM read_parquet('" + files + "')").getFirst().stream()
                .map(sum -> ((Number) sum).longValue())
                .toList();
    }

    @Override
    public void close() throws SQLException {
        duckDb.close();
    }
}
