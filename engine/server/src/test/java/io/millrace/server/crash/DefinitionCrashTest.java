package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.testing.server.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed while things are created, replaced and dropped: every acknowledged statement has happened,
 * the one that was not answered has happened or has not, and nothing is half made.
 */
class DefinitionCrashTest {

    private static final int NAMES = 4;

    @TempDir
    Path data;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** What each name is known to be: the number in its definition. */
    private final Map<String, Integer> acknowledged = new TreeMap<>();

    private int nextNumber = 1;
    private volatile int statements;

    /** The statement that is on its way, null when none is. */
    private volatile @Nullable Change underWay;

    /** A change of one name. */
    private record Change(String name, String sql, @Nullable Integer after) {}

    @Test
    void survivesThreeKills() throws Exception {
        killAndCheck(3);
    }

    @Test
    @Tag("slow")
    void survivesTwentyKills() throws Exception {
        killAndCheck(20);
    }

    private void killAndCheck(int kills) throws Exception {
        System.out.println("seed " + seed);
        ServerProcess server = ServerProcess.start(data);
        try {
            execute(server, "CREATE STREAM source (id INTEGER)");
            for (int i = 0; i < kills; i++) {
                changeUntilKilled(server, statements + 1 + random.nextInt(15), random.nextInt(30));
                assertThat(new JsonMapper()
                                .readTree(data.resolve("catalog.json").toFile())
                                .path("objects")
                                .size())
                        .isPositive();
                server = ServerProcess.start(data);
                check(server);
            }
            assertThat(statements).isGreaterThanOrEqualTo(kills);
            System.out.println(statements + " statements acknowledged over " + kills + " kills");
        } finally {
            server.close();
        }
    }

    /** Kills the server so long after so many statements were answered. */
    private void changeUntilKilled(ServerProcess server, int answered, int millis) throws Exception {
        Thread killer = Thread.ofPlatform().start(() -> {
            try {
                while (statements < answered) {
                    Thread.sleep(Duration.ofMillis(1));
                }
                Thread.sleep(Duration.ofMillis(millis));
                server.kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            while (true) {
                Change change = next();
                underWay = change;
                statement.execute(change.sql());
                acknowledge(change);
                underWay = null;
                statements = statements + 1;
            }
        } catch (SQLException e) {
            assertThat(e.getSQLState()).as(e.getMessage()).isIn("08006", "08001", "08003", "57P01");
        } finally {
            killer.join();
        }
    }

    private void acknowledge(Change change) {
        if (change.after() == null) {
            acknowledged.remove(change.name());
        } else {
            acknowledged.put(change.name(), change.after());
        }
    }

    /** Creates what is not there; replaces or drops what is. */
    private Change next() {
        String kind = List.of("stream", "pump", "view").get(random.nextInt(3));
        String name = kind + random.nextInt(NAMES);
        boolean there = acknowledged.containsKey(name);
        if (there && random.nextBoolean()) {
            return new Change(name, "DROP " + word(kind) + " " + name, null);
        }
        int number = nextNumber++;
        String verb = there ? "CREATE OR REPLACE " : "CREATE ";
        String sql = switch (kind) {
            case "stream" -> " (c" + number + " INTEGER) WITH (retention = '" + (24 + number % 3) + " h')";
            case "pump" -> " AS INSERT INTO source SELECT STREAM id FROM source WHERE id > " + number;
            default -> " AS SELECT COUNT(*) AS c" + number + " FROM source WHERE id > " + number;
        };
        return new Change(name, verb + word(kind) + " " + name + sql, number);
    }

    private static String word(String kind) {
        return kind.equals("view") ? "MATERIALIZED VIEW" : kind.toUpperCase(java.util.Locale.ROOT);
    }

    private void check(ServerProcess server) throws Exception {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl())) {
            Map<String, Integer> found = new TreeMap<>();
            for (String kind : List.of("stream", "pump", "view")) {
                for (String name : rows(connection, "SHOW " + kind + "s")) {
                    if (name.startsWith(kind)) {
                        String text = rows(connection, "SHOW CREATE " + word(kind) + " " + name)
                                .getFirst();
                        found.put(name, number(kind, text));
                    }
                }
                assertThat(rows(connection, "SHOW " + kind + "s", 3)).noneMatch(row -> row.contains("failing"));
            }
            assertThat(rows(connection, "SHOW STREAMS"))
                    .allMatch(name -> name.matches("error_stream|source|stream\\d"));
            Change open = underWay;
            underWay = null;
            if (open != null && !java.util.Objects.equals(found.get(open.name()), acknowledged.get(open.name()))) {
                assertThat(found.get(open.name()))
                        .as("%s (seed %s)", open, seed)
                        .isEqualTo(open.after());
                acknowledge(open);
            }
            assertThat(found).as("seed %s", seed).isEqualTo(acknowledged);
            for (String name : found.keySet()) {
                if (name.startsWith("stream")) {
                    assertThat(rows(connection, "SELECT COUNT(*) FROM " + name)).containsExactly("0");
                }
            }
        }
        assertThat(Files.readString(data.resolve("catalog.json"))).doesNotContain("\"change\"");
        assertThat(names(data.resolve("log/aside"))).isEmpty();
        assertThat(names(data.resolve("log/streams")))
                .hasSize(2
                        + (int) acknowledged.keySet().stream()
                                .filter(name -> name.startsWith("stream"))
                                .count());
        for (String kind : List.of("pump", "view")) {
            List<String> states = new ArrayList<>();
            names(data.resolve("state").resolve(kind))
                    .forEach(name -> states.add(name.substring(0, name.indexOf('-'))));
            assertThat(states).doesNotHaveDuplicates().allMatch(acknowledged::containsKey);
        }
    }

    private static int number(String kind, String text) {
        java.util.regex.Matcher matcher = java.util.regex.Pattern.compile(
                        kind.equals("stream") ? "\\bc(\\d+) INTEGER" : "id > (\\d+)")
                .matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private static List<String> names(Path directory) throws java.io.IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    private static void execute(ServerProcess server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        return rows(connection, sql, 1);
    }

    /** Returns the first cells of each row, with bars between them. */
    private static List<String> rows(Connection connection, String sql, int cells) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= Math.min(cells, result.getMetaData().getColumnCount()); i++) {
                    row.add(result.getString(i));
                }
                rows.add(String.join("|", row));
            }
        }
        return rows;
    }
}
