package io.millrace.server.postgres.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.postgres.statement.SessionStatement.Accept;
import io.millrace.server.postgres.statement.SessionStatement.Begin;
import io.millrace.server.postgres.statement.SessionStatement.Close;
import io.millrace.server.postgres.statement.SessionStatement.Commit;
import io.millrace.server.postgres.statement.SessionStatement.Deallocate;
import io.millrace.server.postgres.statement.SessionStatement.Declare;
import io.millrace.server.postgres.statement.SessionStatement.Discard;
import io.millrace.server.postgres.statement.SessionStatement.Empty;
import io.millrace.server.postgres.statement.SessionStatement.Fetch;
import io.millrace.server.postgres.statement.SessionStatement.Release;
import io.millrace.server.postgres.statement.SessionStatement.ResetAll;
import io.millrace.server.postgres.statement.SessionStatement.Rollback;
import io.millrace.server.postgres.statement.SessionStatement.RollbackTo;
import io.millrace.server.postgres.statement.SessionStatement.Savepoint;
import io.millrace.server.postgres.statement.SessionStatement.Set;
import io.millrace.server.postgres.statement.SessionStatement.Show;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.SqlPosition;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecognizerTest {

    @Test
    void sessionStatementsAreRecognised() {
        Map<String, SessionStatement> expected = new LinkedHashMap<>();
        expected.put(" -- nothing\n /* at all */ ", new Empty());
        expected.put("BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY", new Begin("BEGIN"));
        expected.put("start transaction read write", new Begin("START TRANSACTION"));
        expected.put("/* x */ COMMIT WORK", new Commit());
        expected.put("END", new Commit());
        expected.put("ROLLBACK", new Rollback());
        expected.put("ABORT TRANSACTION", new Rollback());
        expected.put("ROLLBACK TO SAVEPOINT \"A b\"", new RollbackTo("A b"));
        expected.put("SAVEPOINT s1", new Savepoint("s1"));
        expected.put("RELEASE SAVEPOINT s1", new Release("s1"));
        expected.put("SET extra_float_digits = 3", new Set("extra_float_digits", "3"));
        expected.put("SET SESSION x.y TO 'it''s'", new Set("x.y", "it's"));
        expected.put("set local search_path to a, \"B\", c", new Set("search_path", "a, B, c"));
        expected.put("SET DateStyle TO DEFAULT", new Set("datestyle", null));
        expected.put("SET NAMES 'UTF8'", new Set("client_encoding", "UTF8"));
        expected.put("SET TIME ZONE -8", new Set("timezone", "-8"));
        expected.put("SET TIME ZONE LOCAL", new Set("timezone", null));
        expected.put("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED", new Accept("SET"));
        expected.put("SET TRANSACTION READ ONLY", new Accept("SET"));
        expected.put("SET ROLE NONE", new Accept("SET"));
        expected.put("RESET ALL", new ResetAll());
        expected.put("RESET TIME ZONE", new Set("timezone", null));
        expected.put("SHOW server_version", new Show("server_version"));
        expected.put("SHOW TRANSACTION ISOLATION LEVEL", new Show("transaction_isolation"));
        expected.put("SHOW TIME ZONE", new Show("timezone"));
        expected.put("DISCARD ALL", new Discard(true, "DISCARD ALL"));
        expected.put("DISCARD TEMP", new Discard(false, "DISCARD TEMP"));
        expected.put("DEALLOCATE PREPARE p", new Deallocate("p"));
        expected.put("DEALLOCATE ALL", new Deallocate(null));
        expected.put("LISTEN channel", new Accept("LISTEN"));
        expected.put("UNLISTEN *", new Accept("UNLISTEN"));
        expected.put("CLOSE ALL", new Close(null));
        expected.put("FETCH c", new Fetch("c", 1, -1, false));
        expected.put("FETCH 10 IN c", new Fetch("c", 10, -1, false));
        expected.put("FETCH FORWARD ALL FROM c", new Fetch("c", SessionStatement.ALL, -1, false));
        expected.put("FETCH ALL c WITH (timeout '2s')", new Fetch("c", SessionStatement.ALL, 2000, false));
        expected.put("MOVE NEXT FROM \"C\"", new Fetch("C", 1, -1, true));
        expected.forEach((sql, statement) ->
                assertThat(Recognizer.recognize(sql)).as(sql).isEqualTo(statement));
    }

    @Test
    void declareKeepsItsQueryAndWhereItStarts() {
        String sql = "DECLARE c NO SCROLL CURSOR WITH HOLD FOR\n SELECT 'for'";
        Declare declare = (Declare) Recognizer.recognize(sql);
        assertThat(declare).isEqualTo(new Declare("c", true, "\n SELECT 'for'", sql.indexOf("FOR") + 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "(SELECT 1)",
                "SHOW CREATE STREAM s",
                "START PUMP p",
                "WITH x AS (SELECT 1) SELECT * FROM x",
                "SELECT 'not closed",
                "CREATE STREAM declare (n INT)",
                "INSERT INTO s VALUES (1)"
            })
    void allElseIsTheEngines(String sql) {
        assertThat(Recognizer.recognize(sql)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET",
                "SET a",
                "SET a =",
                "DECLARE c",
                "DECLARE c CURSOR SELECT 1",
                "FETCH",
                "SAVEPOINT",
                "COMMIT PREPARED 'x'",
                "DISCARD EVERYTHING",
                "SET ROLE admin",
                "SET x = 'open"
            })
    void halfAStatementIsASyntaxError(String sql) {
        assertThatThrownBy(() -> Recognizer.recognize(sql))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SYNTAX_ERROR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FETCH PRIOR FROM c", "FETCH BACKWARD 2 FROM c", "FETCH -1 FROM c", "MOVE LAST IN c"})
    void cursorsDoNotGoBack(String sql) {
        assertThatThrownBy(() -> Recognizer.recognize(sql)).hasMessage("cursor can only scan forward");
    }

    @Test
    void offsetsAndPositionsAreEachOthersInverse() {
        String sql = "a\nbc\r\n\nd";
        for (int offset : new int[] {0, 1, 2, 3, 6, 7, 8}) {
            SqlPosition position = Positions.position(sql, offset);
            assertThat(Positions.offset(sql, position)).as(position.toString()).isEqualTo(offset);
        }
        assertThat(Positions.offset(sql, new SqlPosition(9, 9))).isEqualTo(sql.length());
    }
}
