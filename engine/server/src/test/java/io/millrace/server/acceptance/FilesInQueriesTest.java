package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.millrace.server.engine.Engine;
import io.millrace.server.engine.EngineSettings;
import io.millrace.server.engine.FunctionRights;
import io.millrace.server.session.ResultCursor;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FROM 'file:///…': files as tables. */
class FilesInQueriesTest {

    @TempDir
    Path directory;

    private EngineFixture engine;
    private Path lake;

    @BeforeEach
    void open() throws Exception {
        engine = EngineFixture.open(directory.resolve("data"));
        lake = Files.createDirectories(directory.resolve("lake"));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private String url(String file) {
        return lake.toUri() + file;
    }

    /** Has DuckDB carry out statements, in which {@code LAKE} stands for the folder. */
    private void duckdb(String... statements) throws Exception {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            for (String each : statements) {
                statement.execute(each.replace("LAKE", lake.toString()));
            }
        }
    }

    private void trips(String file, int from, int to) throws Exception {
        duckdb("COPY (SELECT i AS id, i % 3 AS city, i / 4.0 AS fare FROM range(" + from + ", " + to
                + ") AS r(i)) TO 'LAKE/" + file + "' (FORMAT parquet)");
    }

    private void text(String file, String text) throws Exception {
        Files.createDirectories(lake.resolve(file).getParent());
        Files.writeString(lake.resolve(file), text);
    }

    @Test
    void parquetIsQueriedByUrlInEitherKindOfQuotes() throws Exception {
        trips("a.parquet", 0, 5000);
        trips("b.parquet", 5000, 10_000);
        String rest = " WHERE fare > 10 GROUP BY city ORDER BY city";
        assertThat(engine.rows("SELECT city, COUNT(*), SUM(id) FROM '" + url("*.parquet") + "'" + rest))
                .containsExactly("0|3320|16668060", "1|3319|16661380", "2|3320|16664740");
        assertThat(engine.rows("SELECT COUNT(*) FROM \"" + url("a.parquet") + "\" AS t WHERE t.id < 7"))
                .containsExactly("7");
        assertThat(engine.rows("SELECT COUNT(*) FROM '" + url("") + "'")).containsExactly("10000");
    }

    @Test
    void filesAreJoinedWithStreamsAndTablesAndStandInSubqueries() throws Exception {
        trips("a.parquet", 0, 100);
        engine.run(
                "CREATE TABLE cities (city BIGINT PRIMARY KEY, name VARCHAR)",
                "INSERT INTO cities VALUES (0, 'Bern'), (1, 'Rome'), (2, 'Oslo')",
                "CREATE STREAM seen (id BIGINT)",
                "INSERT INTO seen VALUES (5), (6), (200)");
        String trips = "'" + url("a.parquet") + "'";
        assertThat(engine.rows("SELECT c.name, COUNT(*) FROM " + trips
                        + " t JOIN cities c ON c.city = t.city GROUP BY c.name ORDER BY 1"))
                .containsExactly("Bern|34", "Oslo|33", "Rome|33");
        assertThat(engine.rows("SELECT id FROM seen WHERE id IN (SELECT id FROM " + trips + ") ORDER BY id"))
                .containsExactly("5", "6");
        assertThat(engine.rows("SELECT COUNT(*) FROM " + trips + " a JOIN " + trips + " b ON a.id = b.id"))
                .containsExactly("100");
        assertThat(engine.tag("INSERT INTO seen SELECT id FROM " + trips)).isEqualTo("INSERT 0 100");
    }

    @Test
    void columnsOfSeveralFilesAreUnited() throws Exception {
        duckdb(
                "COPY (SELECT 1::SMALLINT AS a, 'x' AS b) TO 'LAKE/1.parquet'",
                "COPY (SELECT 2.5::DECIMAL(5,2) AS A, 7 AS c) TO 'LAKE/2.parquet'",
                "COPY (SELECT 'y' AS b, 3000000000 AS a) TO 'LAKE/3.parquet'");
        assertThat(engine.rows("SELECT a, b, c FROM '" + url("*.parquet") + "' ORDER BY a"))
                .containsExactly("1.00|x|null", "2.50|null|7", "3000000000.00|y|null");
        duckdb("COPY (SELECT 'text' AS a) TO 'LAKE/4.parquet'");
        MillraceException failure = engine.failure("SELECT * FROM '" + url("*.parquet") + "'");
        assertThat(failure.code()).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(failure.getMessage()).contains("column 'a' is", "3.parquet", "VARCHAR in", "4.parquet");
        assertThat(engine.rows("SELECT c FROM '" + url("{2,3}.parquet") + "' ORDER BY c"))
                .containsExactly("7", "null");
    }

    @Test
    void foldersNamedByKeyAndValueAreColumns() throws Exception {
        duckdb("COPY (SELECT i AS id, DATE '2026-01-01' + (i % 4)::INTEGER AS dt, CASE WHEN i < 50 THEN 'a b' END AS k"
                + " FROM range(100) AS r(i)) TO 'LAKE/t' (FORMAT parquet, PARTITION_BY (dt, k))");
        assertThat(engine.rows("SELECT dt, k, COUNT(*) FROM '" + url("t/**.parquet")
                        + "' WHERE dt >= DATE '2026-01-03' GROUP BY dt, k ORDER BY dt, k"))
                .containsExactly("2026-01-03|a b|12", "2026-01-03|null|13", "2026-01-04|a b|12", "2026-01-04|null|13");
        assertThat(engine.rows("SELECT COUNT(*) FROM '" + url("t/**.parquet") + "' WHERE k IS NULL AND id < 60"))
                .containsExactly("10");
    }

    @Test
    void textIsReadByWhatItsFirstLinesAre() throws Exception {
        text(
                "t.csv",
                "at,city,n,code\n2026-01-01 10:00:00,\"Bern, \"\"BE\"\"\n2\",1,007\n2026-01-02 00:00:00,,2.5,010\n");
        assertThat(engine.rows("SELECT city, n * 2, at, code FROM '" + url("t.csv") + "'"))
                .containsExactly("Bern, \"BE\"\n2|2.0|2026-01-01T10:00|007", "null|5.0|2026-01-02T00:00|010");
        text("u.csv", "1,x\n2,y\n");
        assertThat(engine.rows("SELECT column1, column2 FROM '" + url("u.csv") + "'"))
                .containsExactly("1|x", "2|y");
        text("v.jsonl", "{\"a\": 1, \"b\": {\"c\": [1, 2.5]}}\n\n{\"b\": null, \"d\": true, \"a\": \"x\"}\n");
        assertThat(engine.rows("SELECT a, v.b.c[2], d FROM '" + url("v.jsonl") + "' AS v"))
                .containsExactly("1|2.5|null", "x|null|true");
        text("w.log", "one\ntwo\r\n");
        assertThat(engine.rows("SELECT line FROM '" + url("w.log") + "'")).containsExactly("one", "two");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(lake.resolve("x.csv.gz")))) {
            out.write("a;b,c\n1,2".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(engine.rows("SELECT \"a;b\", c FROM '" + url("x.csv.gz") + "'"))
                .containsExactly("1|2");
        duckdb("COPY (SELECT i AS id FROM range(10000) AS r(i)) TO 'LAKE/y.csv.zst' (FORMAT csv, COMPRESSION zstd)");
        assertThat(engine.rows("SELECT COUNT(*), SUM(id) FROM '" + url("y.csv.zst") + "'"))
                .containsExactly("10000|49995000");
    }

    /** 100 row groups of 1000 rows each, by id. */
    private void groups() throws Exception {
        duckdb("COPY (SELECT i AS id, 'k' || lpad((i // 10)::VARCHAR, 6, '0') AS k, i / 4.0::DOUBLE AS fare,"
                + " TIMESTAMP '2026-01-01 00:00:00' + to_seconds(i) AS at, CASE WHEN i < 1000 THEN NULL ELSE i END AS n"
                + " FROM range(102400) AS r(i)) TO 'LAKE/g.parquet' (FORMAT parquet, ROW_GROUP_SIZE 2048)");
    }

    private String read(String condition) {
        return engine
                .rows("EXPLAIN ANALYZE SELECT COUNT(*) FROM '" + url("g.parquet") + "' WHERE " + condition)
                .stream()
                .filter(line -> line.contains("row groups"))
                .findFirst()
                .orElse("")
                .strip();
    }

    @Test
    void rowGroupsAreLeftOutByWhatIsAskedOfColumns() throws Exception {
        groups();
        assertThat(read("id = 5000")).isEqualTo("read 1 of 1 files, 1 of 50 row groups");
        assertThat(read("5000 > id")).isEqualTo("read 1 of 1 files, 3 of 50 row groups");
        assertThat(read("id < 2048")).isEqualTo("read 1 of 1 files, 1 of 50 row groups");
        assertThat(read("id <= 2048")).isEqualTo("read 1 of 1 files, 2 of 50 row groups");
        assertThat(read("fare >= 25000")).isEqualTo("read 1 of 1 files, 2 of 50 row groups");
        assertThat(read("k = 'k000500'")).isEqualTo("read 1 of 1 files, 1 of 50 row groups");
        assertThat(read("at BETWEEN TIMESTAMP '2026-01-01 01:00:00' AND TIMESTAMP '2026-01-01 01:10:00'"))
                .isEqualTo("read 1 of 1 files, 2 of 50 row groups");
        assertThat(read("id IN (5000, 5001)")).isEqualTo("read 1 of 1 files, 1 of 50 row groups");
        assertThat(read("n IS NULL")).isEqualTo("read 1 of 1 files, 1 of 50 row groups");
        assertThat(read("id = 5000 OR fare < 0")).isEqualTo("read 1 of 1 files, 50 of 50 row groups");
        assertThat(read("id < 0")).isEqualTo("read 1 of 1 files, 0 of 50 row groups");
        assertThat(engine.rows("SELECT MIN(id), MAX(id), COUNT(*) FROM '" + url("g.parquet")
                        + "' WHERE id >= 3000 AND id < 3010 AND k <> 'x'"))
                .containsExactly("3000|3009|10");
    }

    @Test
    void explainSaysWhichFilesAndWhatIsAskedOfThem() throws Exception {
        duckdb("COPY (SELECT i AS id, 2020 + i % 3 AS y FROM range(10) AS r(i)) TO 'LAKE/t' (FORMAT parquet,"
                + " PARTITION_BY (y))");
        assertThat(engine.rows("EXPLAIN SELECT id FROM '" + url("t/**.parquet") + "' WHERE y = 2021 AND id > 3"))
                .anyMatch(line -> line.strip().startsWith("files 1 of 3"))
                .anyMatch(line -> line.strip().equals("left out by y = 2021 AND id > 3"));
        assertThat(engine.rows("EXPLAIN ANALYZE SELECT id FROM '" + url("t/**.parquet") + "' WHERE y = 2021"))
                .anyMatch(line -> line.strip().equals("read 1 of 3 files, 1 of 1 row groups"));
    }

    @Test
    void aFileThatChangesWhileItIsReadEndsTheQuery() throws Exception {
        groups();
        text("t.csv", "n\n" + "1\n".repeat(200_000));
        for (String file : new String[] {"g.parquet", "t.csv"}) {
            try (SqlSession session = engine.engine().open("test", "test");
                    ResultCursor cursor = session.execute(
                            session.prepare("SELECT * FROM '" + url(file) + "'", List.of()), List.of())) {
                assertThat(cursor.poll(Duration.ofSeconds(30))).isNotNull();
                Files.setLastModifiedTime(lake.resolve(file), FileTime.fromMillis(1));
                assertThatThrownBy(() -> {
                            while (!cursor.finished()) {
                                cursor.poll(Duration.ofSeconds(30));
                            }
                        })
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_STATE))
                        .hasMessageContaining(file)
                        .hasMessageContaining("was written again while it was read");
            }
        }
    }

    @Test
    void aFileIsClosedWhenItIsRead() throws Exception {
        assumeTrue(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean);
        for (int file = 0; file < 400; file++) {
            text("many/" + file + ".csv", "n\n" + file + "\n");
        }
        try (SqlSession session = engine.engine().open("test", "test");
                ResultCursor cursor = session.execute(
                        session.prepare("SELECT n FROM '" + url("many/") + "'", List.of()), List.of())) {
            long before = openFiles();
            long most = 0;
            int rows = 0;
            while (!cursor.finished()) {
                RowBatch batch = cursor.poll(Duration.ofSeconds(30));
                rows += batch == null ? 0 : batch.selectedCount();
                most = Math.max(most, openFiles() - before);
            }
            assertThat(rows).isEqualTo(400);
            assertThat(most).isLessThan(50);
        }
    }

    private static long openFiles() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    @Test
    void anyNumberOfFoldersIsNoneToo() throws Exception {
        text("f/1.csv", "n\n1\n");
        text("f/a/2.csv", "n\n2\n");
        text("f/a/b/3.csv", "n\n3\n");
        text("f/a/b/4.tsv", "n\n4\n");
        String rows = "SELECT n FROM '%s' ORDER BY n";
        assertThat(engine.rows(rows.formatted(url("f/**/*.csv")))).containsExactly("1", "2", "3");
        assertThat(engine.rows(rows.formatted(url("f/**/b/**/*.csv")))).containsExactly("3");
        assertThat(engine.rows(rows.formatted(url("f/a/**/[0-9].csv")))).containsExactly("2", "3");
    }

    @Test
    void longKeysKeepTheirDigits() throws Exception {
        text("t.csv", "id,n\n9223372036854775807,1\n1234567890123456789,12345678901234567890123\n");
        text(
                "t.json",
                "{\"id\": 9223372036854775807, \"n\": 1}\n{\"id\": -1234567890123456789, \"n\":"
                        + " 12345678901234567890123}\n");
        assertThat(engine.rows("SELECT id, n FROM '" + url("t.csv") + "'"))
                .containsExactly("9223372036854775807|1", "1234567890123456789|12345678901234567890123");
        assertThat(engine.rows("SELECT id, n FROM '" + url("t.json") + "'"))
                .containsExactly("9223372036854775807|1", "-1234567890123456789|12345678901234567890123");
        assertThat(engine.rows("SELECT id FROM '" + url("t.csv") + "' WHERE id = 1234567890123456789"))
                .containsExactly("1234567890123456789");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheText() throws Exception {
        text("t.csv", "\uFEFFid,name\n1,a\n");
        assertThat(engine.rows("SELECT id, name FROM '" + url("t.csv") + "'")).containsExactly("1|a");
        text("u.csv", "\uFEFF1\n2\n");
        assertThat(engine.rows("SELECT SUM(column1) FROM '" + url("u.csv") + "'"))
                .containsExactly("3");
        text("v.json", "\uFEFF{\"a\": 1}\n");
        assertThat(engine.rows("SELECT a FROM '" + url("v.json") + "'")).containsExactly("1");
        text("w.csv", "\uFEFF");
        assertThat(engine.failure("SELECT * FROM '" + url("w.csv") + "'").getMessage())
                .contains("is empty");
    }

    @Test
    void fieldsBehindTheOthersMayBeLeftOut() throws Exception {
        text("t.csv", "id,name\n1,a\n2,b,c\n");
        assertThat(engine.failure("SELECT * FROM '" + url("t.csv") + "'").getMessage())
                .contains("line 3 has 3 fields");
        engine.run("CREATE EXTERNAL TABLE t FROM '" + url("t.csv") + "' WITH (ignore_extra = true)");
        assertThat(engine.rows("SELECT id, name FROM t ORDER BY id")).containsExactly("1|a", "2|b");
    }

    @Test
    void onlyWhoMayReadTheServersFilesMay() throws Exception {
        trips("a.parquet", 0, 10);
        engine.close();
        try (Engine guarded = Engine.open(
                        directory.resolve("data"), EngineSettings.DEFAULT.withRights(FunctionRights.of("admin")));
                SqlSession admin = guarded.open("admin", "test");
                SqlSession other = guarded.open("other", "test")) {
            String query = "SELECT COUNT(*) FROM '" + url("a.parquet") + "'";
            admin.prepare(query, List.of());
            assertThatThrownBy(() -> other.prepare(query, List.of()))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ACCESS_DENIED));
        }
        engine = EngineFixture.open(directory.resolve("data"));
    }

    @Test
    void aLineThatIsNotAsTheOthersEndsTheQuery() throws Exception {
        text("t.csv", "n\n" + "1\n".repeat(20_000) + "many\n");
        MillraceException failure = engine.failure("SELECT SUM(n) FROM '" + url("t.csv") + "'");
        assertThat(failure.getMessage()).contains("t.csv", "line 20002", "'many' is not an integer");
        assertThat(failure.hint()).contains("CREATE EXTERNAL TABLE");
    }

    @Test
    void mistakesAreToldWithWhatToDo() throws Exception {
        trips("a.parquet", 0, 10);
        text("b.parquet", "no parquet at all");
        text("c.xyz", "?");
        text("d.csv", "");
        assertThat(engine.failure("SELECT * FROM '" + url("none*.parquet") + "'")
                        .getMessage())
                .contains("there is no file '" + url("none*.parquet"));
        assertThat(engine.failure("SELECT * FROM '" + url("b.parquet") + "'").getMessage())
                .contains("b.parquet", "not a Parquet file");
        assertThat(engine.failure("SELECT * FROM '" + url("c.xyz") + "'").getMessage())
                .contains("c.xyz", "there is no format 'xyz'");
        assertThat(engine.failure("SELECT * FROM '" + url("d.csv") + "'").getMessage())
                .contains("is empty");
        assertThat(engine.failure("SELECT * FROM 'a.parquet'").code()).isEqualTo(ErrorCode.UNDEFINED_NAME);
        assertThat(engine.failure("SELECT * FROM 'ftp://x/a.parquet'").getMessage())
                .contains("'ftp'");
        assertThat(engine.failure("SELECT nothing FROM '" + url("a.parquet") + "'")
                        .getMessage())
                .contains("nothing");
        MillraceException endless = engine.failure("SELECT STREAM id FROM '" + url("a.parquet") + "'");
        assertThat(endless.getMessage()).contains("files are read by queries that end");
        assertThat(endless.hint()).contains("COPY stream FROM");
        assertThat(engine.failure("CREATE MATERIALIZED VIEW v AS SELECT COUNT(*) AS n FROM '" + url("a.parquet") + "'")
                        .code())
                .isEqualTo(ErrorCode.UNSUPPORTED);
    }
}
