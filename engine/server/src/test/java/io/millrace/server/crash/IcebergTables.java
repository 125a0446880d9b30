package io.millrace.server.crash;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryInputFile;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.jdbc.JdbcCatalog;

/**
 * Tables of a catalog in SQLite, read as others read them: Iceberg says which files a table has, and DuckDB reads
 * those.
 */
public final class IcebergTables {

    private final Path warehouse;

    public IcebergTables(Path warehouse) {
        this.warehouse = warehouse;
    }

    /** What is done with a table. */
    @FunctionalInterface
    public interface Use<T> {
        T of(Table table) throws Exception;
    }

    public <T> T with(String name, Use<T> use) throws Exception {
        try (JdbcCatalog catalog = new JdbcCatalog(properties -> new LocalFiles(), null, false)) {
            catalog.initialize(
                    "millrace",
                    Map.of(
                            "uri",
                            "jdbc:sqlite:" + warehouse.resolve("catalog.db"),
                            "warehouse",
                            warehouse.toUri().toString(),
                            "jdbc.busy_timeout",
                            "30000"));
            return use.of(catalog.loadTable(TableIdentifier.parse(name)));
        }
    }

    public List<String> files(String name) throws Exception {
        return with(name, IcebergTables::files);
    }

    private static List<String> files(Table table) throws Exception {
        List<String> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            tasks.forEach(task -> files.add(task.file().location().substring("file://".length())));
        }
        return files;
    }

    /** Returns the files that any snapshot has which is still there. */
    public Set<String> filesOfAllSnapshots(String name) throws Exception {
        return with(name, table -> {
            Set<String> files = new HashSet<>();
            for (Snapshot snapshot : table.snapshots()) {
                TableScan scan = table.newScan().useSnapshot(snapshot.snapshotId());
                try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
                    tasks.forEach(task -> files.add(task.file().location()));
                }
            }
            return files;
        });
    }

    public List<String> partitions(String name) throws Exception {
        return with(name, table -> {
            List<String> partitions = new ArrayList<>();
            try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
                tasks.forEach(task -> {
                    String path = task.spec().partitionToPath(task.file().partition());
                    if (!partitions.contains(path)) {
                        partitions.add(path);
                    }
                });
            }
            return partitions;
        });
    }

    public List<String> schema(String name) throws Exception {
        return with(
                name,
                table -> table.schema().columns().stream()
                        .map(field -> field.name() + " " + field.type() + (field.isOptional() ? " optional" : ""))
                        .toList());
    }

    public List<Map<String, String>> summaries(String name) throws Exception {
        return with(name, table -> {
            List<Map<String, String>> summaries = new ArrayList<>();
            for (Snapshot snapshot : table.snapshots()) {
                Map<String, String> summary = new TreeMap<>(snapshot.summary());
                summary.put("operation", snapshot.operation());
                summaries.add(summary);
            }
            return summaries;
        });
    }

    /**
     * Returns the table's rows, cells with bars between them: those of its files, without those that other files say are
     * gone by their keys.
     */
    public List<String> rows(String name, String columns, String order) throws Exception {
        List<String> parts = with(name, IcebergTables::parts);
        if (parts.isEmpty()) {
            return List.of();
        }
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet result = statement.executeQuery("SELECT " + columns + " FROM ("
                        + String.join(" UNION ALL BY NAME ", parts) + ") ORDER BY " + order)) {
            return rows(result);
        }
    }

    /** Returns queries for the rows of the table: of all files at once of which nothing is gone, and of each other. */
    private static List<String> parts(Table table) throws Exception {
        List<String> whole = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            for (FileScanTask task : tasks) {
                if (task.deletes().isEmpty()) {
                    whole.add(quoted(task.file()));
                } else {
                    parts.add(read(List.of(quoted(task.file()))) + " f WHERE "
                            + task.deletes().stream()
                                    .map(keys -> isNotGone(table, keys))
                                    .collect(Collectors.joining(" AND ")));
                }
            }
        }
        if (!whole.isEmpty()) {
            parts.add(read(whole));
        }
        return parts;
    }

    private static String quoted(ContentFile<?> file) {
        return "'" + file.location().substring("file://".length()) + "'";
    }

    private static String read(List<String> files) {
        return "SELECT * FROM read_parquet([" + String.join(", ", files)
                + "], union_by_name = true, hive_partitioning = false)";
    }

    private static String isNotGone(Table table, DeleteFile keys) {
        return "NOT EXISTS (SELECT 1 FROM read_parquet([" + quoted(keys) + "], hive_partitioning = false) k WHERE "
                + keys.equalityFieldIds().stream()
                        .map(id -> '"' + table.schema().findColumnName(id) + '"')
                        .map(column -> "k." + column + " IS NOT DISTINCT FROM f." + column)
                        .collect(Collectors.joining(" AND "))
                + ")";
    }

    private static List<String> rows(ResultSet result) throws SQLException {
        List<String> rows = new ArrayList<>();
        while (result.next()) {
            List<String> cells = new ArrayList<>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                cells.add(String.valueOf(result.getObject(i)));
            }
            rows.add(String.join("|", cells));
        }
        return rows;
    }

    /** Files of this machine, to be read. */
    private static final class LocalFiles implements FileIO {

        @Override
        public InputFile newInputFile(String location) {
            try {
                return new InMemoryInputFile(location, Files.readAllBytes(Path.of(java.net.URI.create(location))));
            } catch (java.io.IOException e) {
                throw new org.apache.iceberg.exceptions.NotFoundException(e, "%s", location);
            }
        }

        @Override
        public OutputFile newOutputFile(String location) {
            throw new UnsupportedOperationException("read only");
        }

        @Override
        public void deleteFile(String location) {
            throw new UnsupportedOperationException("read only");
        }
    }
}
