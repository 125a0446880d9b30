package io.millrace.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Prepared statements, cursors and transactions as SQL, over an engine, message by message. */
@Timeout(60)
final class SessionStatementsTest {

    @TempDir
    private Path directory;

    private EngineGateway gateway;
    private RawClient client;

    @BeforeEach
    void open() throws SQLException, IOException {
        gateway = EngineGateway.open(directory);
        gateway.run(
                "CREATE STREAM s (n INT, v VARCHAR, d DATE)",
                "INSERT INTO s VALUES (1, 'a', DATE '2026-01-31'), (2, 'b', NULL)");
        client = new RawClient(gateway.address()).login();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        gateway.close();
    }

    /** Returns what comes back: rows as their values, tags, errors as their state, and the status at the end. */
    private List<String> ask(String sql) throws IOException {
        List<String> answer = new ArrayList<>();
        client.query(sql);
        while (true) {
            RawClient.Reply reply = client.read();
            switch (reply.type()) {
                case 'D' -> answer.add(String.valueOf(reply.values()));
                case 'C' -> answer.add(reply.text().replace("\0", ""));
                case 'E' -> answer.add(reply.field('C') + " " + reply.field('M'));
                case 'Z' -> {
                    answer.add(reply.text());
                    return answer;
                }
                default -> {
                    // Descriptions and settings.
                }
            }
        }
    }

    @Test
    void preparedStatementsOfSqlRun() throws IOException {
        assertThat(ask("PREPARE q (int, varchar(10)) AS SELECT n, v FROM s WHERE n >= $1 AND v <> $2"))
                .containsExactly("PREPARE", "I");
        assertThat(ask("EXECUTE q (1, 'b')")).containsExactly("[1, a]", "SELECT 1", "I");
        assertThat(ask("EXECUTE q (-1::int, E'\\x61')")).containsExactly("[2, b]", "SELECT 1", "I");
        assertThat(ask("EXECUTE q (1)"))
                .containsExactly(
                        "42601 wrong number of parameters for prepared statement \"q\": expected 2 but got 1", "I");
        assertThat(ask("PREPARE q AS SELECT 1")).containsExactly("42P05 prepared statement \"q\" already exists", "I");
        assertThat(ask("DEALLOCATE q; EXECUTE q (1, 'a')"))
                .containsExactly("DEALLOCATE", "26000 prepared statement \"q\" does not exist", "I");
    }

    @Test
    void definitionsAndUnknownTypesAreNotPrepared() throws IOException {
        assertThat(ask("PREPARE q AS CREATE STREAM t (n INT)"))
                .containsExactly("42601 PREPARE takes queries, INSERT, UPDATE and DELETE", "I");
        assertThat(ask("PREPARE q (nonsense) AS SELECT n FROM s WHERE n = $1"))
                .containsExactly("42704 type \"nonsense\" does not exist", "I");
        assertThat(ask("PREPARE q (oid) AS SELECT n FROM s WHERE n = $1; EXECUTE q (2)"))
                .containsExactly("PREPARE", "[2]", "SELECT 1", "I");
    }

    @Test
    void aCursorThatScrollsBackIsRefused() throws IOException {
        assertThat(ask("DECLARE c SCROLL CURSOR FOR SELECT n FROM s"))
                .containsExactly("0A000 cursors go forward only", "I");
        assertThat(ask("DECLARE c INSENSITIVE NO SCROLL CURSOR FOR SELECT n FROM s"))
                .containsExactly("DECLARE CURSOR", "I");
    }

    @Test
    void preparedInsertTakesValuesOfAllKinds() throws IOException {
        ask("PREPARE i AS INSERT INTO s VALUES ($1, $2, $3)");
        assertThat(ask("EXECUTE i (3, NULL, DATE '2026-02-01'); EXECUTE i (+4, 'it''s', '2026-02-02')"))
                .containsExactly("INSERT 0 1", "INSERT 0 1", "I");
        assertThat(ask("SELECT * FROM s WHERE n > 2 ORDER BY n"))
                .containsExactly("[3, null, 2026-02-01]", "[4, it's, 2026-02-02]", "SELECT 2", "I");
    }

    @Test
    void aFaultInAPreparedStatementIsShownAtItsPlace() throws IOException {
        client.query("PREPARE q AS SELECT missing FROM s");
        assertThat(client.readUntil('E').field('P')).isEqualTo("21");
        client.readUntil('Z');
    }

    @Test
    void preparedStatementsOfBothKindsShareTheirNames() throws IOException {
        ask("PREPARE q AS SELECT n FROM s WHERE n = 2");
        client.out().begin('B').text("").text("q").int16(0).int16(0).int16(0).end();
        client.execute("", 0).sync().send();
        assertThat(client.readUntil('D').values()).containsExactly("2");
        client.readUntil('Z');
    }

    @Test
    void anErrorEndsTheMessageAndSpoilsTheTransactionUntilItsEnd() throws IOException {
        assertThat(ask("SELECT 1; SELECT missing; SELECT 2"))
                .element(2)
                .asString()
                .startsWith("42703");
        assertThat(ask("BEGIN; SELECT 1")).containsExactly("BEGIN", "[1]", "SELECT 1", "T");
        assertThat(ask("SELECT missing")).last().isEqualTo("E");
        assertThat(ask("SELECT 1"))
                .containsExactly(
                        "25P02 current transaction is aborted, commands ignored until end of transaction block", "E");
        assertThat(ask("COMMIT")).containsExactly("ROLLBACK", "I");
        assertThat(ask("BEGIN; SAVEPOINT a")).containsExactly("BEGIN", "SAVEPOINT", "T");
        assertThat(ask("SELECT missing")).last().isEqualTo("E");
        assertThat(ask("ROLLBACK TO a; RELEASE a; COMMIT")).containsExactly("ROLLBACK", "RELEASE", "COMMIT", "I");
    }

    @Test
    void fetchAllFromAnEndlessAnswerGivesWhatIsThere() throws IOException, SQLException {
        ask("DECLARE c CURSOR WITH HOLD FOR SELECT STREAM n FROM s");
        assertThat(ask("FETCH ALL FROM c")).containsExactly("[1]", "[2]", "FETCH 2", "I");
        ask("SET fetch_timeout = '30ms'");
        assertThat(ask("FETCH ALL FROM c")).containsExactly("FETCH 0", "I");
        assertThat(ask("FETCH 5 FROM c")).containsExactly("FETCH 0", "I");
        ask("SET fetch_timeout = 0");
        gateway.run("INSERT INTO s (n) VALUES (3)");
        assertThat(ask("FETCH FORWARD ALL FROM c")).containsExactly("[3]", "FETCH 1", "I");
        assertThat(ask("CLOSE c")).containsExactly("CLOSE CURSOR", "I");
    }

    @Test
    void aDeclaredCursorIsAPortalToo() throws IOException {
        ask("BEGIN; DECLARE \"named one\" CURSOR FOR SELECT STREAM n FROM s");
        client.out().begin('D').int8('P').text("named one").end();
        client.sync().send();
        assertThat(client.typesUntilReady()).isEqualTo("TZ");
        assertThat(ask("FETCH FORWARD 100 FROM \"named one\"")).containsExactly("[1]", "[2]", "FETCH 2", "T");
        client.out().begin('C').int8('P').text("named one").end();
        client.sync().send();
        assertThat(client.typesUntilReady()).isEqualTo("3Z");
        assertThat(ask("FETCH 1 FROM \"named one\"")).containsExactly("34000 cursor \"named one\" does not exist", "E");
    }

    @Test
    void cursorsOverFiniteAnswersEndWithTheirTransactionUnlessHeld() throws IOException {
        ask("BEGIN; DECLARE c CURSOR FOR SELECT n FROM s ORDER BY n; DECLARE h CURSOR WITH HOLD FOR SELECT v FROM"
                + " s ORDER BY n");
        assertThat(ask("FETCH c; MOVE c; FETCH c")).containsExactly("[1]", "FETCH 1", "MOVE 1", "FETCH 0", "T");
        assertThat(ask("COMMIT; FETCH ALL h")).containsExactly("COMMIT", "[a]", "[b]", "FETCH 2", "I");
        assertThat(ask("FETCH c")).containsExactly("34000 cursor \"c\" does not exist", "I");
        assertThat(ask("DISCARD ALL; FETCH h"))
                .containsExactly("DISCARD ALL", "34000 cursor \"h\" does not exist", "I");
    }
}
