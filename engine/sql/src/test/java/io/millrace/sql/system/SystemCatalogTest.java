package io.millrace.sql.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.SqlPosition;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.Field;
import io.millrace.sql.parser.MillraceParser;
import io.millrace.sql.parser.ParseFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SystemCatalogTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "SELECT version()",
                "SELECT current_database(), current_user",
                "SELECT $1",
                "VALUES (1, 'a'), (2, NULL)",
                "SELECT * FROM pg_class",
                "SELECT * FROM pg_catalog.pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace",
                "SELECT table_name FROM information_schema.tables ORDER BY 1 LIMIT 5",
                "WITH t AS (SELECT oid FROM pg_type) SELECT count(*) FROM t",
                "SELECT (SELECT count(*) FROM pg_class)",
                "SELECT 1 UNION ALL SELECT 2",
            })
    void itServesQueriesOverTheCatalogOrNothing(String query) throws ParseFailure {
        assertThat(Answers.CATALOG.serves(MillraceParser.parse(query))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM trades",
                "SELECT * FROM trades WHERE symbol IN (SELECT relname FROM pg_class)",
                "SELECT relname FROM pg_class WHERE relname IN (SELECT symbol FROM trades)",
                "SELECT STREAM * FROM pg_class",
                "SELECT TIMESTAMP '2026-01-01 00:00:00'",
                "SELECT FLOOR(1.5)",
                "SELECT ROUND(2.5)",
                "SELECT EXTRACT(EPOCH FROM NOW())",
                "SELECT NOW() AT TIME ZONE 'UTC'",
                "INSERT INTO trades VALUES (1)",
                "SELECT t.oid FROM t",
                "SHOW STREAMS",
            })
    void theRestIsForThePlanner(String statement) throws ParseFailure {
        assertThat(Answers.CATALOG.serves(MillraceParser.parse(statement))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "SELECT 1                                                        ; 1",
                "SELECT 7 / 2, 7 % 2, -7 + 1                                     ; 3|1|-6",
                "SELECT 1 + 1.5                                                  ; 2.5",
                "SELECT 'a' || 'b' || 1                                          ; ab1",
                "SELECT NULL AND FALSE, NULL OR TRUE, NOT NULL                   ; false|true|",
                "SELECT 2 IN (1, NULL), 1 IN (1, NULL), 2 NOT IN (1, 3)          ; |true|true",
                "SELECT 1 = ANY ('{1,2}'), 3 <> ALL (ARRAY[1, 2])                ; true|true",
                "SELECT CASE 2 WHEN 1 THEN 'a' ELSE 'b' END                      ; b",
                "SELECT 'abc' LIKE 'a%', 'abc' ILIKE 'AB_', 'a%c' LIKE 'a\\%c'   ; true|true|true",
                "SELECT 'pg_x' ~ '^pg_', 'pg_x' !~ '^PG', 'pg_x' ~* '^PG'        ; true|true|true",
                "SELECT 'pg_class'::regclass, 'pg_class'::regclass::oid          ; pg_class|1259",
                "SELECT 1259::regclass::text, 'int4'::regtype                    ; pg_class|integer",
                "SELECT '42'::int + 1, 't'::bool, 3::text || 'x'                 ; 43|true|3x",
                "SELECT (ARRAY['a','b'])[2], (current_schemas(false))[1]         ; b|public",
                "SELECT ARRAY(SELECT x FROM (VALUES (2), (1)) AS v (x) ORDER BY x) ; [1, 2]",
                "SELECT array_to_string('{a,\"b c\",NULL}'::text[], '-', '?')    ; a-b c-?",
                "SELECT string_agg(x, '+') FROM (VALUES ('a'), ('b')) AS v (x)   ; a+b",
                "SELECT count(*), sum(x), max(x), avg(x) FROM (VALUES (1), (4)) AS v (x) ; 2|5|4|2.5",
                "SELECT count(*) FROM pg_class WHERE FALSE                       ; 0",
                "SELECT count(DISTINCT relkind) FROM pg_class                    ; 3",
                "SELECT s FROM generate_series(2, 2) s                           ; 2",
                "SELECT coalesce(NULL, 'x'), nullif(1, 1), greatest(1, 3, 2)     ; x||3",
                "SELECT format_type(1043, 14), format_type(23, NULL)             ; character varying(10)|integer",
                "SELECT 1 IS DISTINCT FROM NULL, NULL IS NOT DISTINCT FROM NULL  ; true|true",
                "SELECT 5 BETWEEN 1 AND 9, 5 NOT BETWEEN 1 AND 9                 ; true|false",
                "SELECT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'trades') ; true",
                "SELECT pg_size_pretty(123456789)                                ; 118 MB",
                "SELECT current_setting('server_version_num'), quote_ident('A b'); 150000|\"A b\"",
                "SELECT (information_schema._pg_expandarray(ARRAY[7])).n         ; 1",
                "SELECT unnest(ARRAY[7]) AS DEFAULT                              ; 7",
                "SELECT generate_subscripts(ARRAY[7], 1)                         ; 1",
                "SELECT json_build_object('a', 1 = 1, 'b\"', 2, 'c', 'x', 'd', NULL) ; {\"a\" : true, \"b\\\"\" : 2,"
                        + " \"c\" : \"x\", \"d\" : null}",
                "SELECT substring('hello' from 2 for 3), upper('x')              ; ell|X",
                "SELECT trim(both '-' from '--a-b-'), trim('  c ')               ; a-b|c",
                "SELECT 6 & 3                                                    ; 2",
                "SELECT now()                                                    ; 2026-01-02T03:04:05",
                "SELECT format('%s is %I, %2$L %%', 'a', 'B c')                  ; a is \"B c\", 'B c' %",
                "SELECT (parse_ident('Public.\"A b\"'))[1], (parse_ident('x.\"A\"\"b\"'))[2] ; public|A\"b",
                "SELECT string_to_array('a,b,,*', ',', '*'), string_to_array('', ',') ; [a, b, , null]|[]",
                "WITH t AS (SELECT 1 AS a) SELECT a AS b FROM t, (VALUES (2), (1)) AS v (x) ORDER BY x LIMIT 1 ; 1",
                "SELECT array_remove('{a,b,a}'::text[], 'a'), pg_char_to_encoding('UTF-8') ; [b]|6",
                "SELECT translate('rmv', 'rm', 'x'), chr(65)                     ; xv|A",
                "SELECT array_agg(x ORDER BY x DESC) FROM (VALUES (1), (3), (2)) AS v (x) ; [3, 2, 1]",
                "SELECT string_agg(x, '+' ORDER BY x) FROM (VALUES ('b'), ('a')) AS v (x) ; a+b",
                "SELECT (1, 'a') = (1, 'a'), (1, 2) = (1, 3)                     ; true|false",
                "SELECT x, n FROM unnest(ARRAY['a']) WITH ORDINALITY AS u (x, n) ; a|1",
                "SELECT xmin, age(xmin), tableoid::regclass FROM pg_namespace n WHERE nspname = 'public' ;"
                        + " 1|0|pg_namespace",
                "SELECT row_to_json(t) FROM (SELECT 1 AS a, 'x\"' AS b) t         ; {\"a\":1,\"b\":\"x\\\"\"}",
                "SELECT extract(year FROM pg_postmaster_start_time()) > 2000     ; true",
                "SELECT timezone('Asia/Tokyo', statement_timestamp()), pg_backend_pid() ; 2026-01-02T12:04:05|0",
                "SELECT is_dst FROM pg_timezone_names WHERE name = 'Asia/Tokyo'  ; false",
                "SELECT proname FROM pg_proc p JOIN pg_type t ON t.typreceive = p.oid WHERE typname = '_int4' ;"
                        + " array_recv",
            })
    void aQueryAnswersAsPostgresqlWould(String query, String row) {
        assertThat(Answers.rows(query)).containsExactly(row == null ? "" : row);
    }

    @Test
    void outerJoinsKeepWhatHasNoPartner() {
        String sides = "(VALUES (1), (2)) AS a (x) %s JOIN (VALUES (2), (3)) AS b (y) ON x = y";

        assertThat(Answers.rows("SELECT x, y FROM " + String.format(sides, "LEFT")))
                .containsExactly("1|", "2|2");
        assertThat(Answers.rows("SELECT x, y FROM " + String.format(sides, "RIGHT")))
                .containsExactly("2|2", "|3");
        assertThat(Answers.rows("SELECT x, y FROM " + String.format(sides, "FULL")))
                .containsExactly("1|", "2|2", "|3");
        assertThat(Answers.rows("SELECT x, y FROM " + String.format(sides, "LEFT") + " WHERE y IS NULL"))
                .containsExactly("1|");
        assertThat(Answers.rows("SELECT x, y FROM " + String.format(sides, "LEFT") + " AND x > 5"))
                .containsExactly("1|", "2|");
    }

    @Test
    void aJoinWithUsingHasItsColumnOnce() {
        assertThat(Answers.rows("SELECT * FROM (VALUES (1, 'a')) AS a (k, v) JOIN (VALUES (1, 'b')) AS b (k, w)"
                        + " USING (k)"))
                .containsExactly("1|a|b");
    }

    @Test
    void aNaturalJoinGoesByTheNamesThatBothHave() {
        assertThat(Answers.rows("SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS a (k, v) NATURAL JOIN"
                        + " (VALUES (1, 'c')) AS b (k, w)"))
                .containsExactly("1|a|c");
    }

    @Test
    void aRecursiveQueryGoesOnFromWhatItFoundLast() {
        assertThat(Answers.rows("WITH RECURSIVE t (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 4)"
                        + " SELECT sum(n), count(*) FROM t"))
                .containsExactly("10|4");
        assertThat(Answers.rows("WITH RECURSIVE t (n) AS (VALUES (1) UNION SELECT 3 - n FROM t) SELECT n FROM t"))
                .containsExactly("1", "2");
        assertThat(catchThrowableOfType(
                                MillraceException.class,
                                () -> Answers.rows("WITH RECURSIVE t (n) AS (VALUES (1) UNION ALL SELECT n FROM t)"
                                        + " SELECT count(*) FROM t"))
                        .code())
                .isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    }

    @Test
    void aFunctionInFromSeesTheRowToItsLeft() {
        assertThat(Answers.rows("SELECT n, s FROM (VALUES (1), (2)) AS t (n), generate_series(1, t.n) s"))
                .containsExactly("1|1", "2|1", "2|2");
    }

    @Test
    void nullsComeLastUnlessTheOrderFalls() {
        String values = "SELECT x FROM (VALUES (2), (NULL), (1)) AS v (x) ORDER BY x ";

        assertThat(Answers.rows(values)).containsExactly("1", "2", "");
        assertThat(Answers.rows(values + "DESC")).containsExactly("", "2", "1");
        assertThat(Answers.rows(values + "NULLS FIRST")).containsExactly("", "1", "2");
        assertThat(Answers.rows(values + "LIMIT 1 OFFSET 1")).containsExactly("2");
    }

    @Test
    void groupsHaveTheirRows() {
        assertThat(Answers.rows("SELECT relkind, count(*) AS n FROM pg_class WHERE relnamespace = 2200"
                        + " GROUP BY relkind HAVING count(*) > 0 ORDER BY n DESC"))
                .containsExactly("r|2", "m|1");
    }

    @Test
    void unionDropsWhatIsTwiceAndExceptWhatIsThere() {
        assertThat(Answers.rows("SELECT 1 UNION SELECT 1 UNION ALL SELECT 1")).hasSize(2);
        assertThat(Answers.rows("VALUES (1), (2) EXCEPT VALUES (2)")).containsExactly("1");
        assertThat(Answers.rows("VALUES (1), (2) INTERSECT VALUES (2)")).containsExactly("2");
    }

    @Test
    void theInformationSchemaTellsTablesAndColumns() {
        assertThat(Answers.rows("SELECT table_name, table_type FROM information_schema.tables"
                        + " WHERE table_schema = 'public' ORDER BY table_name"))
                .containsExactly("SOURCE_SQL_STREAM_001|BASE TABLE", "totals|VIEW", "trades|BASE TABLE");
        assertThat(Answers.rows("SELECT column_name, ordinal_position, data_type, is_nullable,"
                        + " character_maximum_length FROM information_schema.columns WHERE table_name = 'trades'"
                        + " AND column_name IN ('symbol', 'note') ORDER BY 2"))
                .containsExactly("symbol|1|text|NO|", "note|6|character varying|YES|20");
    }

    @Test
    void columnsHaveTheNamesPostgresqlGivesThem() {
        assertThat(Answers.prepare("SELECT 1, version(), relname AS \"Name\", oid::text, CASE WHEN TRUE THEN 1 END,"
                                + " (SELECT 2 AS two) FROM pg_class")
                        .rowType()
                        .fields())
                .extracting(Field::name)
                .containsExactly("?column?", "version", "Name", "oid", "case", "two");
    }

    @Test
    void typesAreKnownBeforeTheQueryRuns() {
        assertThat(Answers.prepare(
                                "SELECT oid, relname, relhasindex, relnatts, count(*) OVER_ FROM pg_class GROUP BY 1")
                        .rowType()
                        .fields())
                .extracting(Field::type)
                .containsExactly(
                        DataType.BIGINT, DataType.VARCHAR, DataType.BOOLEAN, DataType.SMALLINT, DataType.BIGINT);
    }

    @Test
    void numbersOfStreamsAreTheSameNextTime() {
        String query = "SELECT oid FROM pg_class WHERE relname = 'trades'";

        assertThat(Answers.rows(query)).isEqualTo(Answers.rows(query)).hasSize(1);
        assertThat(Long.parseLong(Answers.rows(query).getFirst())).isGreaterThan(16_383);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "SELECT 1 / 0; DIVISION_BY_ZERO",
                "SELECT 'x'::int; INVALID_VALUE",
                "SELECT 3000000000::int; NUMERIC_OVERFLOW",
                "SELECT 9223372036854775807 + 1; NUMERIC_OVERFLOW",
                "SELECT 'nothing'::regclass; UNDEFINED_NAME",
                "SELECT (SELECT oid FROM pg_class); INVALID_STATEMENT",
                "SELECT 'a' ~ '('; INVALID_VALUE",
                "SELECT count(*) FROM generate_series(1, 1000000000); LIMIT_EXCEEDED",
            })
    void aValueThatDoesNotFitIsAnErrorOfItsKind(String query, ErrorCode code) {
        assertThat(catchThrowableOfType(MillraceException.class, () -> Answers.rows(query))
                        .code())
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "SELECT nothing FROM pg_class; UNDEFINED_COLUMN; 8; column nothing does not exist",
                "SELECT oid FROM pg_class, pg_type; INVALID_STATEMENT; 8; column reference \"oid\" is ambiguous",
                "SELECT nonsense(oid) FROM pg_class; UNDEFINED_FUNCTION; 8; function nonsense with 1 arguments does"
                        + " not exist",
                "SELECT 1 FROM pg_class ORDER BY 3; INVALID_STATEMENT; 33; position 3 is not in the select list",
                "SELECT 1 FROM pg_catalog.pg_nothing; UNDEFINED_NAME; 15; relation \"pg_catalog.pg_nothing\" does not"
                        + " exist",
            })
    void aMistakeIsNamedWithItsPlace(String query, ErrorCode code, int column, String message) {
        MillraceException failure = catchThrowableOfType(MillraceException.class, () -> Answers.prepare(query));

        assertThat(failure).hasMessage(message);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.position()).isEqualTo(new SqlPosition(1, column));
    }
}
