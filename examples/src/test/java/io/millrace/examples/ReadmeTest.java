package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.server.MillraceServer;
import io.millrace.server.ServerSettings;
import io.millrace.testing.tidy.ProjectFiles;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands of the README on the recorded data beside the project, with the {@code millrace} command as a
 * newcomer has it, and holds the answers against DuckDB's over the same files.
 */
class ReadmeTest {

    private static final Pattern COMMANDS = Pattern.compile("(?ms)^```sh run\\n(.*?)^```");

    @TempDir
    Path directory;

    private final Path root = ProjectFiles.find().root();
    private final Path data = root.resolveSibling("shared").resolve("data");

    @Test
    void theCommandsGiveWhatDuckDbGivesOverTheSameFiles() throws Exception {
        assumeTrue(Files.isDirectory(data), "skipped: the recorded data is not beside the project: " + data);
        assumeTrue(
                Files.isDirectory(root.resolve("engine/server/target/millrace/lib")),
                "skipped: the distribution is not built; mvn verify builds it before this test");
        ServerSettings settings = ServerSettings.of(Map.of(
                "data", directory.resolve("data").toString(), "aws-port", "0", "pg-port", "0", "http-port", "0"));
        try (MillraceServer server = MillraceServer.start(settings);
                Connection millrace =
                        DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + server.pgPort() + "/millrace");
                Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
            runCommands(server);
            compareLogs(millrace, duckdb);
            compareQuakes(millrace, duckdb);
            compareTaxi(millrace, duckdb);
            comparePump(millrace, duckdb);
            compareParquet(millrace, duckdb);
        }
    }

    private void runCommands(MillraceServer server) throws IOException, InterruptedException {
        Matcher commands = COMMANDS.matcher(Files.readString(root.resolve("README.md")));
        int blocks = 0;
        while (commands.find()) {
            run(
                    commands.group(1)
                            .replace(
                                    "/tmp/millrace-lake",
                                    directory.resolve("lake").toString()),
                    server);
            blocks++;
        }
        assertThat(blocks).isEqualTo(3);
    }

    private void run(String script, MillraceServer server) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("bash", "-euc", script)
                .directory(root.toFile())
                .redirectErrorStream(true);
        shell.environment().put("MILLRACE_URL", "127.0.0.1:" + server.pgPort() + "/millrace");
        shell.environment().put("MILLRACE_AWS_URL", "http://127.0.0.1:" + server.awsPort());
        Process process = shell.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        System.out.println(output);
    }

    private void compareLogs(Connection millrace, Connection duckdb) throws SQLException {
        List<String> ours = query(
                millrace,
                "SELECT REGEXP_EXTRACT(line, '\" (\\d{3}) ', 1) AS status, COUNT(*) AS n FROM logs GROUP BY 1 ORDER BY"
                        + " 1");
        List<String> theirs = query(
                duckdb,
                "SELECT regexp_extract(line, '\" (\\d{3}) ', 1) AS status, COUNT(*) AS n FROM read_csv('"
                        + data.resolve("logs/apache_access.log")
                        + "', columns = {line: 'VARCHAR'}, delim = chr(1), quote = '', header = false)"
                        + " GROUP BY 1 ORDER BY 1");
        assertThat(ours).hasSizeGreaterThan(3).isEqualTo(theirs);
    }

    private void compareQuakes(Connection millrace, Connection duckdb) throws SQLException {
        String file = data.resolve("events/earthquakes.jsonl").toString();
        List<String> ours = query(
                millrace,
                "SELECT id, q.properties.mag AS mag, q.properties.place AS place, q.geometry.coordinates[3] AS depth"
                        + " FROM quakes AS q WHERE q.properties.mag >= 4.5 ORDER BY id");
        List<String> theirs = query(
                duckdb,
                "SELECT id, properties.mag, properties.place, geometry.coordinates[3] FROM read_json('" + file
                        + "', format = 'newline_delimited') WHERE properties.mag >= 4.5 ORDER BY id");
        assertThat(ours).hasSizeGreaterThan(20).isEqualTo(theirs);
    }

    private void compareTaxi(Connection millrace, Connection duckdb) throws SQLException {
        List<String> ours = query(
                millrace,
                "SELECT window_start, SUM(passengers) AS passengers FROM TABLE(TUMBLE(TABLE taxi, DESCRIPTOR(at),"
                        + " INTERVAL '1' DAY)) GROUP BY window_start, window_end ORDER BY 1");
        assertThat(ours).hasSize(215).isEqualTo(daily(duckdb));
        // The endless answer begins like the bounded one. Only its order is free.
        List<String> live = query(
                millrace,
                "SELECT STREAM window_start, SUM(passengers) AS passengers FROM TABLE(TUMBLE(TABLE taxi,"
                        + " DESCRIPTOR(at), INTERVAL '1' DAY)) GROUP BY window_start, window_end LIMIT 200");
        assertThat(live).hasSize(200);
        assertThat(ours).containsAll(live);
    }

    private List<String> daily(Connection duckdb) throws SQLException {
        return query(
                duckdb,
                "SELECT strftime(time_bucket(INTERVAL '1 day', timestamp), '%Y-%m-%d %H:%M:%S'), CAST(SUM(value) AS"
                        + " BIGINT) FROM read_csv('" + data.resolve("metrics/nyc_taxi.csv")
                        + "') GROUP BY 1 ORDER BY 1");
    }

    /** The last day stays open, since no later row says that it is over. */
    private void comparePump(Connection millrace, Connection duckdb) throws Exception {
        List<String> all = daily(duckdb);
        List<String> complete = all.subList(0, all.size() - 1);
        await(() -> query(millrace, "SELECT day_start, passengers FROM taxi_daily ORDER BY 1")
                .equals(complete));
    }

    private void compareParquet(Connection millrace, Connection duckdb) throws Exception {
        Path lake = directory.resolve("lake/taxi");
        await(() -> Files.isDirectory(lake)
                && query(millrace, "SELECT COUNT(*), SUM(passengers) FROM taxi")
                        .equals(query(
                                duckdb,
                                "SELECT COUNT(*), CAST(SUM(passengers) AS BIGINT) FROM read_parquet('" + lake
                                        + "/*.parquet')")));
    }

    /** A condition that comes true by itself. */
    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        Exception last = null;
        while (System.nanoTime() < deadline) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (SQLException e) {
                last = e;
            }
            Thread.sleep(Duration.ofMillis(100));
        }
        throw new AssertionError("did not come true in a minute", last);
    }

    /** Floating-point numbers are compared as numbers: one prints 5 as 5, the other as 5.0. */
    private static String cell(ResultSet result, int column) throws SQLException {
        return result.getObject(column) instanceof Double number
                ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                : String.valueOf(result.getString(column));
    }

    private static List<String> query(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    cells.add(cell(result, i));
                }
                rows.add(String.join("|", cells));
            }
        }
        return rows;
    }
}
