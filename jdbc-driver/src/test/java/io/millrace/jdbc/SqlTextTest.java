package io.millrace.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

/** What the driver does with texts. */
final class SqlTextTest {

    @Test
    void streamsAreTold() {
        assertThat(SqlText.kind(" /* x */ select -- y\n stream * FROM s")).isEqualTo(SqlText.Kind.STREAM);
        assertThat(SqlText.kind("WITH a AS (SELECT 1) SELECT STREAM * FROM a")).isEqualTo(SqlText.Kind.STREAM);
        assertThat(SqlText.kind("SELECT 'SELECT STREAM' AS \"SELECT STREAM\"")).isEqualTo(SqlText.Kind.OTHER);
        assertThat(SqlText.kind("CREATE VIEW v AS SELECT STREAM * FROM s")).isEqualTo(SqlText.Kind.OTHER);
        assertThat(SqlText.kind("set a = 1")).isEqualTo(SqlText.Kind.SETTING);
        assertThat(SqlText.kind("")).isEqualTo(SqlText.Kind.OTHER);
    }

    @Test
    void marksAreNumberedWhereTheyAreParameters() {
        ParameterMarks marks =
                ParameterMarks.parse("SELECT ?, '?''?', \"?\", ?? -- ?\n, /* ? */ $$?$$, $q$ ? $q$, E'\\'?', ?");
        assertThat(marks.count()).isEqualTo(2);
        assertThat(marks.sql()).isEqualTo("SELECT $1, '?''?', \"?\", ? -- ?\n, /* ? */ $$?$$, $q$ ? $q$, E'\\'?', $2");
    }

    @Test
    void anInsertOfOneRowIsMadeOneOfMany() {
        BatchedInsert insert = BatchedInsert.of("insert into \"values\" (a, b) VALUES ($1, f('$1)', ($2)), '?') ;", 2);
        assertThat(insert).isNotNull();
        assertThat(insert.text(3))
                .isEqualTo("insert into \"values\" (a, b) VALUES ($1, f('$1)', ($2)), '?'), ($3, f('$1)', ($4)), '?'),"
                        + " ($5, f('$1)', ($6)), '?')");
        assertThat(insert.rowsMax()).isEqualTo(1000);
    }

    @Test
    void anythingElseStaysAsItIs() {
        assertThat(BatchedInsert.of("INSERT INTO t VALUES (1)", 0)).isNull();
        assertThat(BatchedInsert.of("INSERT INTO t VALUES ($1), ($2)", 2)).isNull();
        assertThat(BatchedInsert.of("INSERT INTO t VALUES ($1) ON CONFLICT DO NOTHING", 1))
                .isNull();
        assertThat(BatchedInsert.of("INSERT INTO t SELECT a FROM (VALUES ($1)) AS v(a)", 1))
                .isNull();
        assertThat(BatchedInsert.of("UPDATE t SET a = $1", 1)).isNull();
        assertThat(BatchedInsert.of("INSERT INTO t VALUES ($1", 1)).isNull();
    }

    @Test
    void escapesNest() throws SQLException {
        assertThat(Escapes.translate("SELECT {fn lcase({fn concat('{', a)})} WHERE x LIKE '!%' {escape '!'}"))
                .isEqualTo("SELECT LOWER(CONCAT('{', a)) WHERE x LIKE '!%' ESCAPE '!'");
        assertThatThrownBy(() -> Escapes.translate("{fn x("))
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("42601");
        assertThatThrownBy(() -> Escapes.translate("{nothing}")).isInstanceOf(SQLException.class);
    }

    @Test
    void datesGoThereAndBack() throws SQLException {
        for (String text :
                new String[] {"2026-02-28", "0001-01-01", "0044-03-15 BC", "10000-01-01", "infinity", "-infinity"}) {
            assertThat(Temporals.text(Temporals.date(text))).isEqualTo(text);
        }
        assertThat(Temporals.date("0044-03-15 BC")).isEqualTo(LocalDate.of(-43, 3, 15));
        assertThat(Temporals.timestamp("0044-03-15 01:02:03.5 BC"))
                .isEqualTo(LocalDateTime.of(-43, 3, 15, 1, 2, 3, 500_000_000));
        assertThat(Temporals.offsetTimestamp("2026-01-01 00:00:00-03:30"))
                .isEqualTo(OffsetDateTime.parse("2026-01-01T00:00:00-03:30"));
        assertThatThrownBy(() -> Temporals.date("yesterday")).isInstanceOf(java.sql.SQLDataException.class);
    }

    @Test
    void arraysAreReadAsTheServerWritesThem() throws SQLException {
        assertThat(ArrayText.parse("{}")).isEmpty();
        assertThat(ArrayText.parse("{a,NULL,\"NULL\",\"x \\\"y\\\\\",{1,2}}"))
                .containsExactly("a", null, "NULL", "x \"y\\", java.util.List.of("1", "2"));
        assertThat(ArrayText.parse("[0:1]={1,2}")).containsExactly("1", "2");
        assertThatThrownBy(() -> ArrayText.parse("{1,2")).isInstanceOf(java.sql.SQLDataException.class);
    }
}
