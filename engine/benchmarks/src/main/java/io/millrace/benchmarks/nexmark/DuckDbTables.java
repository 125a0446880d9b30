package io.millrace.benchmarks.nexmark;

import io.millrace.benchmarks.peer.DuckDbPeer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Nexmark's tables in DuckDB. */
final class DuckDbTables {

    private DuckDbTables() {}

    /** Makes tables of what {@link NexmarkFiles#parquet} wrote: views of the files, or tables with their rows. */
    static void ofParquet(DuckDbPeer duckDb, Path directory, boolean copied) throws SQLException {
        for (EventBatches.Table table : EventBatches.Table.values()) {
            duckDb.run("CREATE " + (copied ? "TABLE " : "VIEW ") + table.id() + " AS SELECT * FROM read_parquet('"
                    + directory.resolve(table.id()).resolve("rows.parquet") + "')");
        }
    }

    /** Makes views of what {@link NexmarkFiles#json} wrote. */
    static void ofJson(DuckDbPeer duckDb, Path directory) throws SQLException {
        for (EventBatches.Table table : EventBatches.Table.values()) {
            List<String> columns = new ArrayList<>();
            table.type().fields().forEach(field -> columns.add(field.name() + ": '" + field.type() + "'"));
            duckDb.run(String.format(
                    Locale.ROOT,
                    "CREATE VIEW %s AS SELECT * FROM read_json('%s', format = 'newline_delimited', columns = {%s})",
                    table.id(),
                    directory.resolve(table.id()).resolve("rows.json"),
                    String.join(", ", columns)));
        }
    }
}
