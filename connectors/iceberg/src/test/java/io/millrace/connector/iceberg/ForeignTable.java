package io.millrace.connector.iceberg;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/** Writes the files of a table as somebody else does: with DuckDB, and Iceberg's own commits. */
final class ForeignTable implements AutoCloseable {

    private final Table table;
    private final Connection duckDb;
    private int files;

    ForeignTable(Table table) throws SQLException {
        this.table = table;
        this.duckDb = DriverManager.getConnection("jdbc:duckdb:");
    }

    Table table() {
        return table;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = duckDb.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns rows as text, sorted. */
    List<String> rows(String sql) throws SQLException {
        try (Statement statement = duckDb.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new java.util.ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            found.sort(null);
            return found;
        }
    }

    /** Writes a query's rows into a file of the table. */
    String write(String query, Map<String, Integer> ids) throws Exception {
        Path file = Path.of(URI.create(table.location() + "/data/")).resolve("foreign-" + files++ + ".parquet");
        Files.createDirectories(file.getParent());
        String numbers = ids.isEmpty()
                ? ""
                : ", FIELD_IDS {"
                        + ids.entrySet().stream()
                                .map(each -> each.getKey() + ": " + each.getValue())
                                .collect(Collectors.joining(", "))
                        + "}";
        execute("COPY (" + query + ") TO '" + file + "' (FORMAT parquet, ROW_GROUP_SIZE 2048" + numbers + ")");
        return table.location() + "/data/" + file.getFileName();
    }

    /**
     * Returns the table's entry for a file of rows, with bounds of its flat columns.
     *
     * @param partition of the rows, or null
     */
    DataFile entry(String location, PartitionKey partition) throws Exception {
        DataFiles.Builder entry = DataFiles.builder(table.spec())
                .withPath(location)
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(Files.size(path(location)))
                .withMetrics(metrics(location));
        return (partition == null ? entry : entry.withPartition(partition)).build();
    }

    static Path path(String location) {
        return Path.of(URI.create(location));
    }

    private Metrics metrics(String location) throws SQLException {
        String from = " FROM '" + path(location) + "'";
        long rows = Long.parseLong(rows("SELECT COUNT(*)" + from).getFirst());
        List<String> names = rows("SELECT name FROM parquet_schema('" + path(location) + "') WHERE type IS NOT NULL");
        Map<Integer, Long> values = new HashMap<>();
        Map<Integer, Long> nulls = new HashMap<>();
        Map<Integer, ByteBuffer> lower = new HashMap<>();
        Map<Integer, ByteBuffer> upper = new HashMap<>();
        for (NestedField field : table.schema().columns()) {
            if (!names.contains(field.name()) || !field.type().isPrimitiveType()) {
                continue;
            }
            values.put(field.fieldId(), rows);
            nulls.put(
                    field.fieldId(),
                    rows
                            - Long.parseLong(rows("SELECT COUNT(" + field.name() + ")" + from)
                                    .getFirst()));
            // NaN has no place in bounds, and nothing says here that there are some.
            String number = field.type().typeId() == Type.TypeID.DOUBLE ? " WHERE NOT isnan(" + field.name() + ")" : "";
            put(
                    field,
                    rows("SELECT MIN(" + field.name() + ")::VARCHAR" + from + number)
                            .getFirst(),
                    lower);
            put(
                    field,
                    rows("SELECT MAX(" + field.name() + ")::VARCHAR" + from + number)
                            .getFirst(),
                    upper);
        }
        return new Metrics(rows, Map.of(), values, nulls, Map.of(), lower, upper);
    }

    private static void put(NestedField field, String text, Map<Integer, ByteBuffer> into) {
        if (text != null) {
            Object value = switch (field.type().typeId()) {
                case INTEGER -> Integer.valueOf(text);
                case LONG -> Long.valueOf(text);
                case DOUBLE -> Double.valueOf(text.replace("inf", "Infinity"));
                case FLOAT -> Float.valueOf(text);
                case DATE -> (int) java.time.LocalDate.parse(text).toEpochDay();
                case STRING -> text;
                default -> null;
            };
            if (value != null) {
                into.put(field.fieldId(), Conversions.toByteBuffer(field.type(), value));
            }
        }
    }

    /** Returns the table's entry for a file that says which places of files are deleted. */
    DeleteFile positionDeletes(String query, PartitionSpec spec, PartitionKey partition) throws Exception {
        String location = write(
                query,
                Map.of(
                        "file_path", MetadataColumns.DELETE_FILE_PATH.fieldId(),
                        "pos", MetadataColumns.DELETE_FILE_POS.fieldId()));
        return deletes(location, FileMetadata.deleteFileBuilder(spec).ofPositionDeletes(), partition);
    }

    /** Returns the table's entry for a file that says which keys are deleted. */
    DeleteFile keyDeletes(String query, Map<String, Integer> ids, PartitionSpec spec, PartitionKey partition)
            throws Exception {
        int[] numbers = ids.values().stream().mapToInt(Integer::intValue).toArray();
        return deletes(write(query, ids), FileMetadata.deleteFileBuilder(spec).ofEqualityDeletes(numbers), partition);
    }

    private DeleteFile deletes(String location, FileMetadata.Builder entry, PartitionKey partition) throws Exception {
        entry.withPath(location)
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(Files.size(path(location)))
                .withRecordCount(Long.parseLong(
                        rows("SELECT COUNT(*) FROM '" + path(location) + "'").getFirst()));
        return (partition == null ? entry : entry.withPartition(partition)).build();
    }

    @Override
    public void close() throws SQLException {
        duckDb.close();
    }
}
