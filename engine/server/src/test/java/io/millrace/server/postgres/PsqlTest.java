package io.millrace.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The gateway with the real psql. */
@Timeout(30)
final class PsqlTest extends GatewayFixture {

    private static final RowType TICK =
            RowType.of(Field.required("n", DataType.INTEGER), Field.nullable("name", DataType.VARCHAR));

    private Process start(String script) throws IOException {
        return Psql.start(address, Map.of(), script);
    }

    private String run(String script) throws IOException, InterruptedException {
        return Psql.run(address, script);
    }

    @Test
    void selectPrintsATable() throws Exception {
        engine.rows("SELECT * FROM ticks", TICK, List.of(1, "one"), Arrays.asList(2, null), List.of(3, "drei ß"));
        assertThat(run("\\echo hello\nSELECT * FROM ticks;\n")).isEqualTo("""
            hello
             n |  name \s
            ---+--------
             1 | one
             2 |\s
             3 | drei ß
            (3 rows)

            """);
    }

    @Test
    void commandPrintsItsTagAndTransactionsAreAccepted() throws Exception {
        engine.command("CREATE STREAM s (n INT)", "CREATE STREAM");
        assertThat(run("BEGIN;\nCREATE STREAM s (n INT);\nSAVEPOINT a;\nCOMMIT;\n"))
                .isEqualTo("BEGIN\nCREATE STREAM\nSAVEPOINT\nCOMMIT\n");
    }

    @Test
    void errorPointsAtItsPlace() throws Exception {
        assertThat(run("SELECT 'ö',\n  missing;\n")).isEqualTo("""
            ERROR:  stream "missing" does not exist
            LINE 2:   missing;
                      ^
            HINT:  create it first
            """);
    }

    @Test
    void errorInTheSecondStatementOfAMessagePointsAtItsPlace() throws Exception {
        engine.rows("SELECT * FROM ticks", TICK);
        assertThat(run("SELECT * FROM ticks \\; SELECT missing;\n")).contains("""
            LINE 1: SELECT * FROM ticks ; SELECT missing;
                                                 ^
            """);
    }

    @Test
    void fetchCountReadsAllRows() throws Exception {
        List<?>[] rows = new List<?>[25];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = List.of(i, "row" + i);
        }
        engine.rows("SELECT * FROM ticks", TICK, rows);
        String output =
                run("\\set FETCH_COUNT 10\n\\pset format unaligned\n\\pset tuples_only\nSELECT * FROM ticks;\n");
        assertThat(output.lines().filter(line -> line.contains("|row"))).hasSize(25);
    }

    @Test
    void fetchCountOneShowsAnEndlessAnswerAsItComes() throws Exception {
        FakeCursor ticks = engine.endless("SELECT STREAM * FROM ticks", TICK);
        Process psql = start("\\set FETCH_COUNT 1\nSELECT STREAM * FROM ticks;\n");
        try (BufferedReader output = psql.inputReader(StandardCharsets.UTF_8)) {
            for (int i = 0; i < 10; i++) {
                ticks.emit(List.of(i, "tick"));
                String line;
                do {
                    line = output.readLine();
                } while (line != null && !line.strip().equals(i + " | tick"));
                assertThat(line).isNotNull();
            }
            interrupt(psql);
            assertThat(ticks.awaitCancel()).isTrue();
        } finally {
            psql.destroyForcibly();
        }
    }

    @Test
    void interruptCancelsTheQuery() throws Exception {
        FakeCursor ticks = engine.endless("SELECT STREAM * FROM ticks", TICK);
        Process psql = start("SELECT STREAM * FROM ticks;\n");
        try (BufferedReader output = psql.inputReader(StandardCharsets.UTF_8)) {
            assertThat(ticks.awaitPoll()).isTrue();
            interrupt(psql);
            assertThat(ticks.awaitCancel()).isTrue();
            assertThat(output.lines()).contains("ERROR:  canceling statement due to user request");
        } finally {
            psql.destroyForcibly();
        }
    }

    private static void interrupt(Process psql) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(psql.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }
}
