package io.millrace.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.util.PSQLException;

/** COPY into and out of an engine, with pgjdbc, psql and single messages. */
@Timeout(60)
final class CopyTest {

    @TempDir
    private Path directory;

    private EngineGateway gateway;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        gateway = EngineGateway.open(directory.resolve("data"));
        gateway.run(
                "CREATE STREAM trades (ticker VARCHAR(8) NOT NULL, price DECIMAL(10, 2), at_time TIMESTAMP, tags INT"
                        + " ARRAY) WITH (shards = 3, partition_key = 'ticker')");
        connection = gateway.connect("");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        gateway.close();
    }

    private CopyManager copy() throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    private long in(String sql, String data) throws SQLException, IOException {
        return copy().copyIn(sql, new StringReader(data));
    }

    private String out(String sql) throws SQLException, IOException {
        StringWriter text = new StringWriter();
        copy().copyOut(sql, text);
        return text.toString();
    }

    private List<String> trades() throws SQLException {
        return gateway.rows("SELECT ticker, price, at_time, tags FROM trades ORDER BY ticker");
    }

    @Test
    void rowsOfTextAreThereAfterARestart() throws Exception {
        long rows = in("COPY trades FROM STDIN", "IBM\t12.5\t2026-01-31 10:00:00\t{1,2}\nORCL\t\\N\t\\N\t\\N\n");
        assertThat(rows).isEqualTo(2);
        connection.close();
        gateway.restart();
        assertThat(trades()).containsExactly("IBM|12.50|2026-01-31 10:00:00|{1,2}", "ORCL|null|null|null");
    }

    @Test
    void someColumnsOfCsvWithAHeader() throws Exception {
        in("COPY public.trades (price, ticker) FROM STDIN WITH (FORMAT csv, HEADER match)", "price,ticker\n1,a\n,b\n");
        in("copy trades (\"ticker\") from stdin csv header delimiter as ';' null 'nil'", "t\nc\n");
        assertThat(trades()).containsExactly("a|1.00|null|null", "b|null|null|null", "c|null|null|null");
        assertThat(connection.createStatement().executeUpdate("INSERT INTO trades (ticker) VALUES ('d')"))
                .isEqualTo(1);
    }

    @Test
    void whatGoesOutComesInAgainInEveryForm() throws Exception {
        in("COPY trades FROM STDIN", "IBM\t12.50\t2026-01-31 10:00:00.5\t{1,NULL}\nß,\"\\t\t\\N\t\\N\t{}\n");
        List<String> before = trades();
        for (String form : List.of("text", "csv", "binary")) {
            gateway.run(
                    "CREATE OR REPLACE STREAM other (ticker VARCHAR, price DECIMAL(10, 2), at_time TIMESTAMP, tags INT"
                            + " ARRAY)");
            ByteArrayOutputStream copied = new ByteArrayOutputStream();
            assertThat(copy().copyOut("COPY trades TO STDOUT (FORMAT " + form + ")", copied))
                    .isEqualTo(2);
            copy().copyIn(
                            "COPY other FROM STDIN (FORMAT " + form + ")",
                            new ByteArrayInputStream(copied.toByteArray()));
            assertThat(gateway.rows("SELECT ticker, price, at_time, tags FROM other ORDER BY ticker"))
                    .isEqualTo(before);
            gateway.run("DROP STREAM other");
        }
    }

    @Test
    void queriesGoOut() throws Exception {
        in("COPY trades FROM STDIN", "a\t1\t\\N\t\\N\nb\t2\t\\N\t\\N\n");
        assertThat(out("COPY (SELECT ticker, price * 2 AS p FROM trades WHERE ticker IN ('b')) TO STDOUT CSV HEADER"))
                .isEqualTo("ticker,p\nb,4.00\n");
        assertThat(out("COPY trades (ticker) TO STDOUT WITH (FORMAT csv, FORCE_QUOTE *)")
                        .lines())
                .containsExactlyInAnyOrder("\"a\"", "\"b\"");
        assertThatThrownBy(() -> out("COPY (SELECT missing FROM trades) TO STDOUT"))
                .isInstanceOfSatisfying(PSQLException.class, e -> {
                    assertThat(e.getSQLState()).isEqualTo("42703");
                    assertThat(e.getServerErrorMessage().getPosition()).isEqualTo(14);
                });
    }

    @Test
    void anEndlessAnswerGoesOutAsItComesUntilItIsCancelled() throws Exception {
        in("COPY trades (ticker) FROM STDIN", "a\n");
        var rows = copy().copyOut("COPY (SELECT STREAM ticker FROM trades) TO STDOUT");
        assertThat(new String(rows.readFromCopy(), StandardCharsets.UTF_8)).isEqualTo("a\n");
        gateway.run("INSERT INTO trades (ticker) VALUES ('b')");
        assertThat(new String(rows.readFromCopy(), StandardCharsets.UTF_8)).isEqualTo("b\n");
        rows.cancelCopy();
        assertThat(trades()).hasSize(2);
    }

    @Test
    void rowsBeforeTheFaultStayAndTheReportSaysSo() throws Exception {
        assertThatThrownBy(() -> in("COPY trades (ticker, price) FROM STDIN CSV", "a,1\nb,2\nc,x\nd,4\n"))
                .isInstanceOfSatisfying(PSQLException.class, e -> {
                    assertThat(e.getSQLState()).isEqualTo("22P02");
                    assertThat(e.getServerErrorMessage().getWhere())
                            .isEqualTo("COPY trades, line 3, column price: \"x\"");
                    assertThat(e.getServerErrorMessage().getDetail()).isEqualTo("The first 2 rows are in the stream.");
                });
        assertThat(trades()).extracting(row -> row.substring(0, 1)).containsExactly("a", "b");
        assertThat(in("COPY trades (ticker) FROM STDIN", "c\n")).isEqualTo(1);
    }

    @Test
    void aClientThatGivesUpIsTold() throws Exception {
        CopyIn copy = copy().copyIn("COPY trades (ticker) FROM STDIN");
        byte[] rows = "a\nb".getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(rows, 0, rows.length);
        copy.cancelCopy();
        assertThat(gateway.rows("SELECT COUNT(*) FROM trades")).hasSize(1);
        assertThat(in("COPY trades (ticker) FROM STDIN", "c\n")).isEqualTo(1);
    }

    @Test
    void rowsAreSeenWhileTheCopyGoesOn() throws Exception {
        CopyIn copy = copy().copyIn("COPY trades (ticker) FROM STDIN");
        byte[] rows = "a\nb".getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(rows, 0, rows.length);
        copy.flushCopy();
        while (trades().isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(trades()).containsExactly("a|null|null|null");
        assertThat(copy.endCopy()).isEqualTo(2);
    }

    @Test
    void aCopyThatWaitsIsCancelledAndTimesOut() throws Exception {
        try (RawClient client = new RawClient(gateway.address()).login();
                RawClient other = new RawClient(gateway.address())) {
            client.query("COPY trades (ticker) FROM STDIN").readUntil('G');
            other.out().int32(16).int32(1234 << 16 | 5678).int32(client.process).int32(client.secret);
            other.send();
            assertThat(client.readUntil('E').field('M')).contains("user request");
            client.readUntil('Z');
            client.query("SET statement_timeout = 50; COPY trades (ticker) FROM STDIN")
                    .readUntil('G');
            assertThat(client.readUntil('E').field('M')).contains("statement timeout");
            client.readUntil('Z');
        }
    }

    @Test
    void whatCannotBeCopiedIsRefused() {
        assertThatThrownBy(() -> in("COPY nowhere FROM STDIN", "")).hasMessageContaining("no stream 'nowhere'");
        assertThatThrownBy(() -> in("COPY trades (price) FROM STDIN", "")).hasMessageContaining("NOT NULL");
        assertThatThrownBy(() -> in("COPY trades (ticker, x) FROM STDIN", "")).hasMessageContaining("no column 'x'");
        assertThatThrownBy(() -> in("COPY trades FROM '/etc/passwd'", "")).hasMessageContaining("\\copy");
        assertThatThrownBy(() -> in("COPY trades FROM STDIN (FORMAT xml)", "")).hasMessageContaining("xml");
        assertThatThrownBy(() -> in("COPY trades FROM STDIN (DELIMITER 'ab')", ""))
                .hasMessageContaining("single");
        assertThatThrownBy(() -> in("COPY trades FROM STDIN (QUOTE 'x')", "")).hasMessageContaining("CSV");
    }

    @Test
    void theExtendedProtocolCopiesToo() throws Exception {
        try (RawClient client = new RawClient(gateway.address()).login()) {
            client.extended("COPY trades (ticker) FROM STDIN", "", 0).send();
            client.readUntil('G');
            client.out().begin('d').raw("a\nb\n").end();
            client.out().begin('c').end();
            client.sync().send();
            assertThat(client.readUntil('C').text()).isEqualTo("COPY 2\0");
            client.readUntil('Z');
            client.extended("COPY trades (ticker) TO STDOUT", "", 0).sync().send();
            assertThat(client.typesUntilReady()).isEqualTo("12nHddcCZ");
            client.extended("COPY trades (ticker) FROM STDIN", "", 0).send();
            client.readUntil('G');
            client.out().begin('f').text("no more").end();
            client.sync().send();
            assertThat(client.readUntil('E').field('M')).isEqualTo("COPY from stdin failed: no more");
            client.readUntil('Z');
        }
    }

    @Test
    void psqlCopiesFiles() throws Exception {
        Path file = directory.resolve("trades.csv");
        Path copied = directory.resolve("copied.csv");
        Files.writeString(file, "ticker,price\nIBM,1.50\n\"a,b\",\n");
        String output = Psql.run(
                gateway.address(),
                "\\copy trades (ticker, price) FROM '" + file + "' WITH (FORMAT csv, HEADER)\n"
                        + "\\copy (SELECT ticker, price FROM trades ORDER BY ticker) TO '" + copied + "' CSV HEADER\n"
                        + "COPY trades (ticker) FROM STDIN;\nc\n\\.\nSELECT COUNT(*) FROM trades;\n");
        assertThat(output).startsWith("COPY 2\nCOPY 2\nCOPY 1\n").contains("     3\n");
        assertThat(Files.readString(copied)).isEqualTo("ticker,price\nIBM,1.50\n\"a,b\",\n");
    }
}
