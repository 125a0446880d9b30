package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** COPY stream FROM 'url'. */
class FileCopyTest {

    private static final int ROWS = 50_000;

    @TempDir
    Path directory;

    private EngineFixture engine;
    private Path lake;

    @BeforeEach
    void open() throws Exception {
        engine = EngineFixture.open(directory.resolve("data"));
        engine.run("CREATE STREAM trades (id BIGINT NOT NULL, price DOUBLE, at TIMESTAMP, note VARCHAR)");
        lake = Files.createDirectories(directory.resolve("lake"));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private String url(String file) {
        return lake.toUri() + file;
    }

    /** Has DuckDB write rows whose types and order of columns are others than the stream's. */
    private void parquet(String file, int from, int to) throws Exception {
        Files.createDirectories(lake.resolve(file).getParent());
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("COPY (SELECT TIMESTAMP '2026-01-01 00:00:00' + to_seconds(i) AS at, i::INTEGER AS ID,"
                    + " i / 4.0::FLOAT AS price, 7 AS other FROM range(" + from + ", " + to + ") AS r(i)) TO '"
                    + lake.resolve(file) + "' (FORMAT parquet)");
        }
    }

    private static final String SUMS =
            "SELECT COUNT(*), COUNT(DISTINCT id), SUM(id), SUM(price), MIN(at), MAX(note) FROM trades";

    @Test
    void parquetOfDuckDbIsCopiedByNameAndConverted() throws Exception {
        parquet("a/1.parquet", 0, ROWS);
        parquet("a/b/2.parquet", ROWS, 2 * ROWS);
        assertThat(engine.tag("COPY trades FROM '" + url("a/**.parquet") + "'")).isEqualTo("COPY 100000");
        assertThat(engine.rows(SUMS)).containsExactly("100000|100000|4999950000|1.2499875E9|2026-01-01T00:00|null");
    }

    @Test
    void orcOfADeliveryIsCopiedWithEveryType() throws Exception {
        String columns =
                "(id BIGINT NOT NULL, flag BOOLEAN, cents DECIMAL(9, 2), huge DECIMAL(38, 10), name VARCHAR(20), code"
                        + " CHAR(3), raw VARBINARY, day_of DATE, wall TIMESTAMP, instant_of TIMESTAMP WITH LOCAL TIME"
                        + " ZONE, clock TIME, numbers INTEGER ARRAY, place ROW(lat DOUBLE, tags VARCHAR ARRAY))";
        engine.run(
                "CREATE STREAM every_type " + columns,
                "INSERT INTO every_type VALUES (1, TRUE, 1.25, 12345678901234567890.5, 'Größe', 'ab', X'00ff10', DATE"
                    + " '1582-10-04', TIMESTAMP '1969-12-31 23:59:58.5', TIMESTAMP '2026-01-31 23:59:59.123456', TIME"
                    + " '23:59:59.123456', ARRAY[1, NULL, 3], ROW(1.5, ARRAY['a', NULL]))",
                "INSERT INTO every_type (id) VALUES (2)",
                "CREATE DELIVERY every_type_out FROM every_type TO '" + url("orc") + "' WITH (format = 'orc',"
                        + " compression = 'snappy', bloom_filter_columns = 'id', roll_interval = '20 ms')");
        engine.await("SHOW DELIVERIES", rows -> rows.getFirst().contains("|2|0|0|"));
        engine.run("CREATE STREAM again " + columns);
        assertThat(engine.tag("COPY again FROM '" + url("orc/*.orc") + "'")).isEqualTo("COPY 2");
        String values =
                "SELECT id, flag, cents, huge, name, code, raw = X'00ff10', day_of, wall, instant_of, clock, numbers,"
                        + " place FROM ";
        assertThat(engine.rows(values + "again ORDER BY id"))
                .isEqualTo(engine.rows(values + "every_type ORDER BY id"))
                .hasSize(2)
                .first()
                .asString()
                .contains("|true|1582-10-04|1969-12-31T23:59:58.500|");

        Path file = Files.write(lake.resolve("bad.orc"), new byte[] {'O', 'R', 'C', 1, 2, 3});
        assertThat(engine.failure("COPY again FROM '" + file.toUri() + "'"))
                .hasMessageContaining("the ORC file cannot be read");
    }

    @Test
    void aFileIsCopiedOnceHoweverOftenItIsAskedFor() throws Exception {
        parquet("a/1.parquet", 0, ROWS);
        engine.run("COPY trades FROM '" + url("a/1.parquet") + "'");
        engine.restart();
        parquet("a/2.parquet", ROWS, ROWS + 10);
        engine.run("COPY trades FROM '" + url("a/") + "'", "COPY trades FROM '" + url("a/*") + "'");
        assertThat(engine.rows("SELECT COUNT(*), COUNT(DISTINCT id) FROM trades"))
                .containsExactly("50010|50010");
    }

    /** What a crash leaves: the first file whole, of the second a part; here since it ends too early. */
    @Test
    void aCopyThatFailedHalfwayIsGoneOnWith() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            lines.append("{\"id\": ").append(i).append(", \"price\": 1}\n");
        }
        byte[] text = lines.toString().getBytes(StandardCharsets.UTF_8);
        Path file = lake.resolve("t.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text);
        }
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length * 2 / 3));
        assertThatThrownBy(() -> engine.run("COPY trades FROM '" + url("t.jsonl.gz") + "'"))
                .hasMessageContaining("cannot be read");
        List<String> part = engine.rows("SELECT COUNT(*) FROM trades");
        assertThat(Integer.parseInt(part.getFirst())).isBetween(1, ROWS - 1);
        Files.write(file, whole);
        engine.run("COPY trades FROM '" + url("t.jsonl.gz") + "'");
        assertThat(engine.rows("SELECT COUNT(*), COUNT(DISTINCT id) FROM trades"))
                .containsExactly("50000|50000");
    }

    /** As FROM does, whatever the format of the files is that a delivery has left in its folders. */
    @ParameterizedTest
    @ValueSource(strings = {"json", "csv", "parquet"})
    void foldersOfADeliveryFillTheColumnThatTheyAreNamedAfter(String format) {
        String columns = "(day_of DATE, v INTEGER NOT NULL, k VARCHAR)";
        engine.run(
                "CREATE STREAM parted " + columns,
                "INSERT INTO parted VALUES (DATE '2026-01-31', 1, 'a/b'), (DATE '2026-01-31', 2, NULL), (NULL, 3, 'ü')",
                "CREATE DELIVERY parted_out FROM parted TO '" + url("parted") + "' WITH (format = '" + format
                        + "', partition_by = 'k, day_of', roll_interval = '20 ms')");
        engine.await("SHOW DELIVERIES", rows -> rows.getFirst().contains("|3|0|0|"));
        engine.run("CREATE STREAM again " + columns);
        String copy = "COPY again FROM '" + url("parted/**." + format) + "'";
        assertThat(engine.tag(copy)).isEqualTo("COPY 3");
        engine.run(copy);
        assertThat(engine.rows("SELECT v, k, day_of FROM again ORDER BY v"))
                .containsExactly("1|a/b|2026-01-31", "2|null|2026-01-31", "3|ü|null");
    }

    @Test
    void foldersHideWhatTheFilesHaveOfTheSameColumns() throws Exception {
        engine.run("CREATE STREAM places (k VARCHAR, v INTEGER)", "CREATE STREAM parts (k VARCHAR, v INTEGER)");
        for (String file : List.of("K=a/1.csv", "K=b/2.csv")) {
            Files.createDirectories(lake.resolve(file).getParent());
        }
        Files.writeString(lake.resolve("K=a/1.csv"), "k,v\nx,1\n");
        Files.writeString(lake.resolve("K=b/2.csv"), "v\n2\nmuch\n");
        Files.writeString(lake.resolve("K=b/3.jsonl"), "{\"k\": \"x\", \"v\": 3}\n");
        engine.run(
                "COPY places FROM '" + url("**.csv") + "' WITH (header = true)",
                "COPY places FROM '" + url("**.jsonl") + "'",
                "COPY parts (v) FROM '" + url("**.jsonl") + "'");
        assertThat(engine.rows("SELECT k, v FROM places ORDER BY v")).containsExactly("a|1", "b|2", "b|3");
        assertThat(engine.rows("SELECT k, v FROM parts")).containsExactly("null|3");
        assertThat(engine.awaitRows("SELECT \"POSITION\", data_text FROM error_stream", 1))
                .containsExactly("line 3|much");
    }

    @Test
    void aFolderWhoseValueIsNoneOfItsColumnIsToldOnce() throws Exception {
        for (String folder : List.of("price=much", "id=__HIVE_DEFAULT_PARTITION__")) {
            Files.createDirectories(lake.resolve(folder));
            Files.writeString(lake.resolve(folder + "/1.jsonl"), "{\"note\": \"a\", \"id\": 1}\n");
        }
        assertThat(engine.failure("COPY trades FROM '" + url("price=much/*") + "'"))
                .hasMessageContaining("price=much/1.jsonl': column 'price' of the folder 'price=much': ");
        assertThat(engine.failure("COPY trades FROM '" + url("id=*/*") + "'"))
                .hasMessageContaining("column 'id' is NOT NULL, and the file's folder says that it is NULL");
        assertThat(engine.tag("COPY trades (id, note) FROM '" + url("price=much/*") + "'"))
                .isEqualTo("COPY 1");
    }

    @Test
    void recordsThatCannotBeReadGoToTheErrorStreamOnce() throws Exception {
        Files.writeString(lake.resolve("t.csv"), "price,id\n1.5,1\r\nmuch,2\n\n3.5,3");
        String copy = "COPY trades (price, id) FROM '" + url("t.csv") + "' WITH (header = true)";
        assertThat(engine.tag(copy)).isEqualTo("COPY 2");
        engine.run(copy);
        assertThat(engine.rows("SELECT id, price FROM trades ORDER BY id")).containsExactly("1|1.5", "3|3.5");
        assertThat(engine.awaitRows("SELECT source, \"POSITION\", error_name, data_text FROM error_stream", 1))
                .containsExactly(url("t.csv") + "|line 3|INVALID_VALUE|much,2");
    }

    @Test
    void mistakesAreToldWithWhatToDo() throws Exception {
        parquet("a/1.parquet", 0, 1);
        assertThatThrownBy(() -> engine.run("COPY trades FROM '" + url("none*.parquet") + "'"))
                .hasMessageContaining("there is no file");
        assertThatThrownBy(() -> engine.run("COPY trades FROM '" + url("nothing/1.parquet") + "'"))
                .hasMessageContaining("there is no directory");
        assertThatThrownBy(() -> engine.run("COPY nobody FROM '" + url("a/1.parquet") + "'"))
                .hasMessageContaining("there is no stream 'nobody'");
        engine.run("CREATE STREAM others (x VARCHAR NOT NULL)");
        assertThatThrownBy(() -> engine.run("COPY others FROM '" + url("a/1.parquet") + "'"))
                .hasMessageContaining("column 'x' is NOT NULL and not in the file");
        assertThatThrownBy(() -> engine.run("COPY trades FROM '" + url("a/1.parquet") + "' WITH (format = 'xml')"))
                .hasMessageContaining("there is no format 'xml'");
        assertThat(Files.list(lake).map(file -> file.getFileName().toString())).containsExactly("a");
    }
}
