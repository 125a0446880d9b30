package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** External tables whose new files queries that go on read. */
class WatchedFilesTest {

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

    /** Puts a file into the lake as others do who rename it when it is whole. */
    private void write(String name, String... lines) throws IOException {
        Path whole = Files.writeString(directory.resolve("part"), String.join("\n", lines) + "\n");
        Files.createDirectories(lake.resolve(name).getParent());
        Files.move(whole, lake.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private void watch(String more) {
        engine.run("CREATE EXTERNAL TABLE t (id BIGINT, name VARCHAR) FROM '" + lake.toUri()
                + "**.csv' WITH (watch_interval = '20 ms', watch_settle = '0 s'" + more + ")");
    }

    private void pump() {
        engine.run(
                "CREATE STREAM s (id BIGINT, name VARCHAR)",
                "CREATE PUMP p STARTED AS INSERT INTO s SELECT STREAM id, UPPER(name) FROM t");
    }

    private void await(String... rows) {
        engine.await("SELECT id, name FROM s", List.of(rows)::equals);
    }

    @Test
    void filesThatAreThereAndNewOnesAreReadOnceInTheOrderOfTheirNames() throws Exception {
        write("b.csv", "2,two", "3,three");
        write("a.csv", "1,one");
        watch("");
        pump();
        await("1|ONE", "2|TWO", "3|THREE");
        write("more/0.csv", "4,four");
        await("1|ONE", "2|TWO", "3|THREE", "4|FOUR");
        engine.restart();
        write("c.csv", "5,five");
        await("1|ONE", "2|TWO", "3|THREE", "4|FOUR", "5|FIVE");
        assertThat(engine.rows("SELECT COUNT(*) FROM t"))
                .as("a query that ends reads the files themselves")
                .containsExactly("5");
        assertThat(engine.rows("SHOW TABLES").getFirst()).endsWith(", watched: running");
    }

    @Test
    void foldersFillTheColumnsThatTheyAreNamedAfter() throws Exception {
        engine.run("CREATE EXTERNAL TABLE t (id BIGINT, name VARCHAR) FROM '" + lake.toUri()
                + "**.csv' WITH (watch_interval = '20 ms', watch_settle = '0 s', header = true)");
        pump();
        write("name=one/a.csv", "id", "1");
        await("1|ONE");
        write("name=two%2Fthree/a.csv", "id", "2");
        await("1|ONE", "2|TWO/THREE");
        write("id=x/a.csv", "name", "four");
        engine.await(
                "SELECT COUNT(*) FROM error_stream WHERE message LIKE '%of the folder ''id=x''%'",
                List.of("1")::equals);
    }

    @Test
    void linesThatCannotBeReadAreToldOf() throws Exception {
        write("a.csv", "1,one", "x,two", "3,three");
        watch("");
        pump();
        await("1|ONE", "3|THREE");
        engine.await(
                "SELECT source, \"POSITION\", pump_name FROM error_stream",
                List.of(lake.resolve("a.csv").toUri() + "|line 2|t")::equals);
    }

    @Test
    void aFileThatIsWrittenAgainIsNotReadAgainAndIsToldOf() throws Exception {
        write("a.csv", "1,one");
        watch("");
        pump();
        await("1|ONE");
        write("a.csv", "1,one", "2,two");
        engine.await(
                "SELECT message FROM error_stream",
                rows -> rows.size() == 1 && rows.getFirst().contains("written again after it was read"));
        write("b.csv", "3,three");
        await("1|ONE", "3|THREE");
    }

    @Test
    void aFileIsLeftAloneUntilItHasBeenTheSameForAWhile() throws Exception {
        AheadClock clock = new AheadClock();
        engine.close();
        engine = EngineFixture.open(directory.resolve("data"), clock);
        String files = " EXTERNAL TABLE %s (id BIGINT, name VARCHAR) FROM '" + lake.toUri()
                + "*.csv' WITH (watch_interval = '20 ms', watch_settle = '%s')";
        engine.run("CREATE" + files.formatted("t", "1 h"), "CREATE" + files.formatted("hasty", "0 s"));
        pump();
        engine.run("CREATE MATERIALIZED VIEW seen AS SELECT COUNT(*) AS n FROM hasty");
        write("grows.csv", "1,one");
        engine.await("SELECT n FROM seen", List.of("1")::equals);
        clock.passes(Duration.ofMinutes(40));
        Files.writeString(lake.resolve("grows.csv"), "2,two\n", StandardOpenOption.APPEND);
        engine.await("SELECT COUNT(*) FROM error_stream", List.of("1")::equals);
        clock.passes(Duration.ofMinutes(40));
        write("next.csv", "3,three");
        engine.await("SELECT n FROM seen", List.of("2")::equals);
        assertThat(engine.rows("SELECT id FROM s")).isEmpty();
        List<String> all = List.of("1|ONE", "2|TWO", "3|THREE");
        while (!engine.rows("SELECT id, name FROM s ORDER BY id").equals(all)) {
            clock.passes(Duration.ofMinutes(61));
        }
    }

    @Test
    void aFileThatIsNoneOfItsFormatIsPassedOver() throws Exception {
        Files.writeString(lake.resolve("a.parquet"), "no Parquet");
        engine.run("CREATE EXTERNAL TABLE t (id BIGINT, name VARCHAR) FROM '" + lake.toUri()
                + "*' WITH (watch_interval = '20 ms', watch_settle = '0 s')");
        pump();
        write("b.csv", "1,one");
        await("1|ONE");
        engine.await(
                "SELECT source FROM error_stream",
                List.of(lake.resolve("a.parquet").toUri().toString())::equals);
    }

    @Test
    void aFileWhoseQuoteHasNoEndIsPassedOver() throws Exception {
        watch("");
        pump();
        write("a.csv", "1,\"one", "x".repeat(11 << 20));
        write("b.csv", "2,5\" pipe", "3,three");
        await("3|THREE");
        engine.await(
                "SELECT error_name, source FROM error_stream",
                List.of(
                        "LIMIT_EXCEEDED|" + lake.resolve("a.csv").toUri(),
                        "INVALID_VALUE|" + lake.resolve("b.csv").toUri())::equals);
    }

    @Test
    void columnsThatFirstLinesNameOtherwiseAreNoneOfTheTable() throws Exception {
        write("a.csv", "id,name", "1,one");
        engine.run("CREATE EXTERNAL TABLE t FROM '" + lake.toUri()
                + "*.csv' WITH (watch_interval = '20 ms', watch_settle = '0 s')");
        pump();
        await("1|ONE");
        write("b.csv", "name,id", "two,2");
        write("c.csv", "id,name", "3,three");
        await("1|ONE", "3|THREE");
        engine.await(
                "SELECT message FROM error_stream",
                rows -> rows.size() == 1 && rows.getFirst().contains("names the columns name, id"));
    }

    @Test
    void viewsAndWindowsFollowIt() throws Exception {
        watch("");
        engine.run("CREATE MATERIALIZED VIEW v AS SELECT name, COUNT(*) AS n FROM t GROUP BY name");
        write("a.csv", "1,x", "2,y", "3,x");
        engine.await("SELECT name, n FROM v ORDER BY name", List.of("x|2", "y|1")::equals);
        engine.restart();
        write("b.csv", "4,y");
        engine.await("SELECT name, n FROM v ORDER BY name", List.of("x|2", "y|2")::equals);
    }

    @Test
    void whatIsReadByOthersIsNotDropped() {
        watch("");
        pump();
        assertThat(engine.failure("DROP EXTERNAL TABLE t").getMessage()).contains("used by pump p");
        assertThat(engine.failure("CREATE OR REPLACE EXTERNAL TABLE t (id BIGINT, name VARCHAR) FROM '" + lake.toUri()
                                + "*.csv'")
                        .getMessage())
                .contains("cannot be replaced while it is used by pump p");
        engine.run("DROP PUMP p", "DROP EXTERNAL TABLE t");
        assertThat(engine.failure("CREATE EXTERNAL TABLE t (a BIGINT) FROM '" + lake.toUri()
                                + "*.csv' WITH (watch_settle = '1 s')")
                        .getMessage())
                .contains("watch_settle");
        assertThat(engine.failure("CREATE EXTERNAL TABLE t (a BIGINT) FROM '" + lake.toUri()
                                + "*.csv' WITH (watch_interval = '1 ms')")
                        .getMessage())
                .contains("watch_interval");
    }

    private static final String WINDOWS = "INSERT INTO sums SELECT STREAM window_start, COUNT(*), SUM(n) FROM"
            + " TABLE(TUMBLE(TABLE measured, DESCRIPTOR(ROWTIME), INTERVAL '1' MINUTE)) GROUP BY window_start,"
            + " window_end";

    private void measure(String columns) {
        engine.run(
                "CREATE EXTERNAL TABLE measured (" + columns + "WATERMARK FOR AT AS at - INTERVAL '10' SECOND) FROM '"
                        + lake.toUri() + "*.csv' WITH (watch_interval = '20 ms', watch_settle = '0 s', header = true)",
                "CREATE STREAM sums (start TIMESTAMP, n BIGINT, total BIGINT)",
                "CREATE PUMP p AS " + WINDOWS);
    }

    private void awaitSums(String... rows) {
        engine.await("SELECT start, n, total FROM sums", List.of(rows)::equals);
    }

    @Test
    void windowsOfTheTimeInFilesCloseAndLateRowsAreToldOf() throws Exception {
        write("1.csv", "at,n", "2026-01-31 09:00:05,1", "2026-01-31 09:01:15,2", "2026-01-31 09:00:58,4");
        measure("at TIMESTAMP, n INTEGER, ");
        awaitSums("2026-01-31T09:00|2|5");
        write("2.csv", "at,n", "2026-01-31 09:01:20,8", "2026-01-31 09:00:59,16", "2026-01-31 09:02:30,32");
        awaitSums("2026-01-31T09:00|2|5", "2026-01-31T09:01|2|10");
        engine.await("SELECT error_name, pump_name FROM error_stream", List.of("LATE_ROW|p")::equals);
        engine.restart();
        write("3.csv", "at,n", "2026-01-31 09:02:50,64", "2026-01-31 09:03:10,128");
        awaitSums("2026-01-31T09:00|2|5", "2026-01-31T09:01|2|10", "2026-01-31T09:02|2|96");
        assertThat(engine.rows("SELECT COUNT(*) FROM error_stream")).containsExactly("1");
        engine.await(
                "SHOW WATERMARKS",
                List.of("pump|p|measured|shardId-000000000000|2026-01-31T09:03|0|0|false|false")::equals);
    }

    /** Neither the columns nor the type of the time need be said: the files have them. */
    @Test
    void theTimeIsFoundAmongTheColumnsOfTheFiles() throws Exception {
        write("1.csv", "at,n", "2026-01-31 09:00:05,1", "2026-01-31 09:01:15,2");
        measure("");
        awaitSums("2026-01-31T09:00|1|1");
        String create = engine.rows("SHOW CREATE EXTERNAL TABLE measured").getFirst();
        assertThat(create).contains("WATERMARK FOR at AS at - INTERVAL '10' SECOND", "idle_timeout = '5 s'");
    }

    @Test
    void whatIsNoTimeIsRefused() throws Exception {
        write("1.csv", "at,n", "2026-01-31 09:00:05,1");
        String from = " FROM '" + lake.toUri() + "*.csv' WITH (watch_interval = '20 ms', header = true)";
        assertThat(engine.failure("CREATE EXTERNAL TABLE m (n INTEGER, WATERMARK FOR at AS at)" + from))
                .hasMessageContaining("no column named 'at'");
        assertThat(engine.failure("CREATE EXTERNAL TABLE m (WATERMARK FOR n AS n)" + from))
                .hasMessageContaining("column 'n' of the WATERMARK is");
        assertThat(engine.failure("CREATE EXTERNAL TABLE m (WATERMARK FOR nope AS nope)" + from))
                .hasMessageContaining("no column named 'nope'");
        assertThat(engine.failure("CREATE EXTERNAL TABLE m (at TIMESTAMP, WATERMARK FOR at AS at) FROM '" + lake.toUri()
                        + "*.csv'"))
                .hasMessageContaining("only a table whose new files are looked for has a WATERMARK");
        assertThat(engine.failure("CREATE EXTERNAL TABLE m (at TIMESTAMP) FROM '" + lake.toUri()
                                + "*.csv' WITH (watch_interval = '20 ms', idle_timeout = '1 s')")
                        .hint())
                .contains("it with a WATERMARK only");
        assertThat(engine.rows("SHOW TABLES")).isEmpty();
    }
}
