package io.millrace.server.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table of Delta on disk, read by its written rules: its log says which files it has, and DuckDB reads those. */
public final class DeltaTables {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path table;

    public DeltaTables(Path table) {
        this.table = table;
    }

    /** Returns by path the files of the table, and the values that all rows of one have. */
    private Map<String, Map<String, String>> files() throws Exception {
        Map<String, Map<String, String>> files = new LinkedHashMap<>();
        long checkpoint = checkpoint();
        if (checkpoint >= 0) {
            for (JsonNode add : query("SELECT to_json(add) FROM read_parquet('" + log(checkpoint, "checkpoint.parquet")
                    + "') WHERE add IS NOT NULL")) {
                add(files, add);
            }
        }
        for (long version = checkpoint + 1; Files.exists(log(version, "json")); version++) {
            for (String line : Files.readAllLines(log(version, "json"))) {
                JsonNode action = JSON.readTree(line);
                if (action.has("add")) {
                    add(files, action.path("add"));
                }
                files.remove(action.path("remove").path("path").asText());
            }
        }
        return files;
    }

    private static void add(Map<String, Map<String, String>> files, JsonNode add) {
        Map<String, String> values = new TreeMap<>();
        add.path("partitionValues")
                .properties()
                .forEach(value -> values.put(
                        value.getKey(),
                        value.getValue().isNull() ? null : value.getValue().asText()));
        files.put(add.path("path").asText(), values);
    }

    private Path log(long version, String ending) {
        return table.resolve("_delta_log").resolve("%020d.%s".formatted(version, ending));
    }

    /** Returns the entry up to which the last checkpoint goes, or -1. */
    public long checkpoint() throws Exception {
        Path last = table.resolve("_delta_log/_last_checkpoint");
        return Files.exists(last) ? JSON.readTree(last.toFile()).path("version").asLong() : -1;
    }

    /** Returns how many entries the log has. */
    public long entries() throws Exception {
        try (Stream<Path> files = Files.list(table.resolve("_delta_log"))) {
            return files.filter(file -> file.toString().endsWith(".json")).count();
        }
    }

    /** Returns the table's rows, cells with bars between them. */
    public List<String> rows(String columns, String order) throws Exception {
        String parts = files().entrySet().stream()
                .map(file -> "SELECT *" + values(file.getValue()) + " FROM read_parquet('" + path(file.getKey())
                        + "', hive_partitioning = false)")
                .collect(Collectors.joining(" UNION ALL BY NAME "));
        if (parts.isEmpty()) {
            return List.of();
        }
        List<String> rows = new ArrayList<>();
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT " + columns + " FROM (" + parts + ") ORDER BY " + order)) {
            while (result.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    cells.add(String.valueOf(result.getObject(i)));
                }
                rows.add(String.join("|", cells));
            }
        }
        return rows;
    }

    private Path path(String relative) {
        return Path.of(URI.create(table.toUri() + (table.toUri().toString().endsWith("/") ? "" : "/") + relative));
    }

    private static String values(Map<String, String> values) {
        return values.entrySet().stream()
                .map(value -> ", " + (value.getValue() == null ? "NULL" : "'" + value.getValue() + "'") + " AS \""
                        + value.getKey() + '"')
                .collect(Collectors.joining());
    }

    private static List<JsonNode> query(String sql) throws Exception {
        List<JsonNode> rows = new ArrayList<>();
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(JSON.readTree(result.getString(1)));
            }
        }
        return rows;
    }
}
