package io.millrace.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.session.ResultCursor;
import io.millrace.server.session.SqlSession;
import io.millrace.server.stream.DeliveryService.Alteration;
import io.millrace.server.stream.DeliveryService.Change;
import io.millrace.server.stream.DeliveryService.Summary;
import io.millrace.spi.Options;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A statement that creates or drops something has happened or has not, wherever the process dies: what lies on the
 * disk before each of its changes is kept, and an engine is opened on each.
 */
final class StatementCrashTest {

    private static final String[] SETTING = {
        "CREATE STREAM s (id INTEGER) WITH (format = 'csv')",
        "CREATE STREAM t (id INTEGER)",
        "INSERT INTO s VALUES (1), (2), (3)",
        "CREATE PUMP p STOPPED AS INSERT INTO t SELECT STREAM id FROM s WHERE id > 100",
        "CREATE MATERIALIZED VIEW v AS SELECT COUNT(*) AS n FROM s"
    };

    @TempDir
    Path directory;

    private final WatchedDisk disk = new WatchedDisk();
    private Path data;
    private final List<Path> moments = new ArrayList<>();

    @BeforeEach
    void set() {
        data = directory.resolve("data");
        try (Engine engine = Engine.open(data)) {
            for (String statement : SETTING) {
                rows(engine, statement);
            }
        }
    }

    @Test
    void createStream() throws IOException {
        crashInside("CREATE STREAM n (id INTEGER, at TIMESTAMP) WITH (format = 'csv', shards = 2)");
    }

    @Test
    void createStreamOfTheRecordApi() throws IOException {
        crashInside(engine -> engine.streams().create("n", 2, true));
    }

    @Test
    void dropStream() throws IOException {
        try (Engine engine = Engine.open(data)) {
            rows(engine, "DROP PUMP p");
        }
        crashInside("DROP STREAM t");
    }

    @Test
    void deleteStreamOfTheRecordApi() throws IOException {
        try (Engine engine = Engine.open(data)) {
            engine.streams().create("n", 2, true);
        }
        crashInside(engine -> engine.streams().delete("n"));
    }

    @Test
    void replaceStream() throws IOException {
        try (Engine engine = Engine.open(data)) {
            rows(engine, "DROP PUMP p");
            rows(engine, "DROP MATERIALIZED VIEW v");
        }
        crashInside("CREATE OR REPLACE STREAM s (id BIGINT, more VARCHAR) WITH (format = 'csv', retention = '48 h')");
    }

    @Test
    void createAndDropTable() throws IOException {
        crashInside("CREATE TABLE r (id INTEGER PRIMARY KEY, name VARCHAR DEFAULT 'x')");
        crashInside("DROP TABLE r");
    }

    @Test
    void createPump() throws IOException {
        crashInside("CREATE PUMP q STOPPED AS INSERT INTO t SELECT STREAM id FROM s");
    }

    @Test
    void replacePump() throws IOException {
        crashInside("CREATE OR REPLACE PUMP p STOPPED AS INSERT INTO t SELECT STREAM id + 1 FROM s");
    }

    @Test
    void startPump() throws IOException {
        crashInside("ALTER PUMP p START");
    }

    @Test
    void dropPump() throws IOException {
        crashInside("DROP PUMP p");
    }

    @Test
    void replaceView() throws IOException {
        crashInside("CREATE OR REPLACE MATERIALIZED VIEW v AS SELECT SUM(id) AS n FROM s");
    }

    @Test
    void dropView() throws IOException {
        crashInside("DROP MATERIALIZED VIEW v");
    }

    @Test
    void createAndDropDelivery() throws IOException {
        String lake = "file://" + directory.resolve("lake");
        crashInside("CREATE DELIVERY d FROM s TO '" + lake + "' WITH (format = 'json')");
        crashInside("CREATE OR REPLACE DELIVERY d FROM t TO '" + lake + "' WITH (format = 'csv')");
        crashInside("DROP DELIVERY d");
    }

    @Test
    void replaceDeliveryOfAQuery() throws IOException {
        String to = " TO 'file://" + directory.resolve("lake") + "' WITH (format = 'json')";
        crashInside("CREATE DELIVERY d AS SELECT STREAM id FROM s" + to);
        crashInside("CREATE OR REPLACE DELIVERY d AS SELECT STREAM id + 1 AS id FROM s" + to);
    }

    @Test
    void changeDeliveriesTogether() throws IOException {
        crashInside(engine -> change(engine, new Change(null, List.of(lines("a"), lines("b")), List.of(), List.of())));
        Options other = new Options(Map.of("format", "json", "roll_rows", "7"));
        List<Alteration> altered = List.of(new Alteration(lines("a"), other));
        crashInside(engine -> change(engine, new Change("a", List.of(lines("c")), altered, List.of("b"))));
        crashInside(engine -> change(engine, new Change(null, List.of(), List.of(), List.of("a", "c"))));
    }

    private static void change(Engine engine, Change change) {
        engine.deliveries().change(change);
    }

    private Summary lines(String name) {
        Options options = new Options(Map.of("format", "json"));
        return new Summary(name, "s", "file://" + directory.resolve("lake-" + name), options);
    }

    private void crashInside(String statement) throws IOException {
        crashInside(engine -> rows(engine, statement));
    }

    private void crashInside(Consumer<Engine> statement) throws IOException {
        moments.clear();
        List<String> before;
        List<String> after;
        try (Engine engine = Engine.open(data, InstantSource.system(), disk)) {
            before = told(engine);
            Thread self = Thread.currentThread();
            disk.watch((change, path) -> {
                // A force changes nothing that another process would see.
                if (Thread.currentThread() == self && !change.equals("force")) {
                    keep();
                }
            });
            statement.accept(engine);
            disk.watch((change, path) -> {});
            keep();
            after = told(engine);
        }
        assertThat(after).isNotEqualTo(before);
        assertThat(moments.size()).as("moments").isGreaterThan(3);
        int changed = 0;
        for (Path moment : moments) {
            List<String> found = afterCrash(moment);
            assertThat(found).as("at %s", moment.getFileName()).isIn(before, after);
            // Once it has happened it never has not.
            assertThat(found.equals(after) || changed == 0)
                    .as("at %s", moment.getFileName())
                    .isTrue();
            changed += found.equals(after) ? 1 : 0;
        }
        assertThat(changed).as("acknowledged, so it has happened").isPositive();
    }

    private List<String> afterCrash(Path moment) throws IOException {
        List<String> found;
        try (Engine engine = Engine.open(moment)) {
            found = told(engine);
            assertThat(filesOf(engine, moment))
                    .as("at %s", moment.getFileName())
                    .isEmpty();
        }
        // What the start has tidied stays so.
        try (Engine engine = Engine.open(moment)) {
            assertThat(told(engine)).isEqualTo(found);
        }
        assertThat(Files.readString(moment.resolve("catalog.json"))).doesNotContain("\"change\"");
        return found;
    }

    /** Returns what lies there and belongs to nothing. */
    private static List<String> filesOf(Engine engine, Path moment) throws IOException {
        List<String> left = new ArrayList<>();
        for (String kind : List.of("pump", "view", "delivery")) {
            List<String> names = new ArrayList<>();
            String shown = kind.equals("delivery") ? "DELIVERIES" : kind.toUpperCase(java.util.Locale.ROOT) + "S";
            rows(engine, "SHOW " + shown).forEach(row -> names.add(row.substring(0, row.indexOf('|'))));
            Path states = moment.resolve("state").resolve(kind);
            for (Path state : list(states)) {
                String name = String.valueOf(state.getFileName());
                if (!names.remove(name.substring(0, name.lastIndexOf('-')))) {
                    left.add(kind + " " + name);
                }
            }
        }
        list(moment.resolve("log/aside")).forEach(path -> left.add(path.toString()));
        long tables = list(moment.resolve("log/streams")).stream()
                .filter(path -> path.getFileName().toString().startsWith("table"))
                .count();
        if (tables != rows(engine, "SHOW TABLES").size()) {
            left.add(tables + " logs of tables");
        }
        return left;
    }

    private static List<Path> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.toList();
        }
    }

    /** Returns all that the engine says of what there is. */
    private static List<String> told(Engine engine) {
        List<String> told = new ArrayList<>(rows(engine, "SHOW TABLES"));
        rows(engine, "SHOW STREAMS").forEach(row -> {
            String name = row.substring(0, row.indexOf('|'));
            told.add(row);
            told.addAll(rows(engine, "SHOW CREATE STREAM " + name));
            told.add(engine.streams().describe(name).toString());
            told.add(rows(engine, "SELECT COUNT(*) FROM " + name).toString());
        });
        rows(engine, "SHOW PUMPS").forEach(row -> {
            String[] cells = row.split("\\|", -1);
            told.add(cells[0] + " " + cells[2]);
            told.addAll(rows(engine, "SHOW CREATE PUMP " + cells[0]));
        });
        rows(engine, "SHOW VIEWS").forEach(row -> {
            String[] cells = row.split("\\|", -1);
            told.add(cells[0] + " " + cells[1]);
            told.addAll(rows(engine, "SHOW CREATE MATERIALIZED VIEW " + cells[0]));
        });
        rows(engine, "SHOW DELIVERIES").forEach(row -> {
            String[] cells = row.split("\\|", -1);
            told.add(cells[0] + " " + cells[3]);
            told.addAll(rows(engine, "SHOW CREATE DELIVERY " + cells[0]));
        });
        return told;
    }

    private static List<String> rows(Engine engine, String statement) {
        List<String> rows = new ArrayList<>();
        try (SqlSession session = engine.open("millrace", "test");
                ResultCursor cursor = session.execute(session.prepare(statement, List.of()), List.of())) {
            while (!cursor.finished()) {
                RowBatch batch = cursor.poll(Duration.ofSeconds(15));
                for (int i = 0; batch != null && i < batch.selectedCount(); i++) {
                    rows.add(String.join(
                            "|",
                            JavaValues.row(batch, batch.selectedRow(i)).stream()
                                    .map(String::valueOf)
                                    .toList()));
                }
            }
        }
        return rows;
    }

    /** Keeps what lies on the disk now. Other threads go on meanwhile: where a file goes while it is copied, all is anew. */
    private void keep() {
        Path moment = directory.resolve("moment-" + moments.size() + "-" + System.nanoTime());
        moments.add(moment);
        try {
            for (int attempt = 1; !copied(moment); attempt++) {
                assertThat(attempt).as("files that went while they were copied").isLessThan(100);
                remove(moment);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies all there is, and returns whether it was there all the time. */
    private boolean copied(Path moment) throws IOException {
        try {
            Files.walkFileTree(data, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes) throws IOException {
                    Files.createDirectories(moment.resolve(data.relativize(from)));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path from, BasicFileAttributes attributes) throws IOException {
                    Files.copy(from, moment.resolve(data.relativize(from)));
                    return FileVisitResult.CONTINUE;
                }
            });
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static void remove(Path moment) throws IOException {
        try (var paths = Files.walk(moment)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
