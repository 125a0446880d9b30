package io.millrace.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementRoundTripTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE EXTERNAL TABLE t (a INT, at TIMESTAMP, WATERMARK FOR at AS at) FROM 'file:///x'"
                        + " WITH (watch_interval = '1 s')",
                "CREATE EXTERNAL TABLE t (WATERMARK FOR at AS at - INTERVAL '5' SECOND) FROM 'file:///x'",
                "CREATE STREAM s (a INT NOT NULL, b VARCHAR(10), WATERMARK FOR ts AS ts - INTERVAL '5' SECOND)"
                        + " DESCRIPTION 'x' WITH (format = 'json', shards = 4, x.y = TRUE)",
                "CREATE STREAM IF NOT EXISTS s (a text, ts timestamptz)",
                "CREATE OR REPLACE STREAM \"T\" WITH (format = 'lines')",
                "CREATE OR REPLACE PUMP p AS INSERT INTO s (a, b) SELECT STREAM a, b FROM t WHERE a > 1",
                "CREATE PUMP p STOPPED DESCRIPTION 'd' AS INSERT INTO s SELECT STREAM"
                        + " STEP(ROWTIME BY INTERVAL '10' SECOND), count(*) FROM t"
                        + " GROUP BY STEP (t.ROWTIME by INTERVAL '10' SECOND)",
                "CREATE MATERIALIZED VIEW v (a, b) AS SELECT k, count(*) FROM t GROUP BY k",
                "CREATE OR REPLACE VIEW v (a, b) AS SELECT k, count(*) FROM t GROUP BY k",
                "CREATE VIEW IF NOT EXISTS v AS SELECT a FROM t ORDER BY a LIMIT 3",
                "CREATE FUNCTION f(p INTEGER, q VARCHAR) RETURNS TABLE (a INTEGER, b DATE) AS 'SELECT 1, p FROM t'",
                "CREATE OR REPLACE FUNCTION f() RETURNS TABLE (a INTEGER) AS $$ SELECT 1 $$ LANGUAGE SQL",
                "CREATE FUNCTION f(p INTEGER) RETURNS TABLE (a INTEGER) RETURN SELECT p FROM t ORDER BY a",
                "CREATE DELIVERY d FROM s TO 'file:///x' WITH (format = 'parquet')",
                "CREATE DELIVERY d AS SELECT STREAM a FROM s WHERE b = 'x' TO 'file:///x'",
                "DROP STREAM IF EXISTS s",
                "DROP PUMP s",
                "DROP MATERIALIZED VIEW s",
                "DROP VIEW s",
                "DROP DELIVERY s",
                "ALTER PUMP p START",
                "ALTER PUMP p STOP",
                "ALTER PUMP p AS INSERT INTO s (a, b) SELECT STREAM a, b FROM t WHERE a > 1",
                "ALTER DELIVERY d AS SELECT STREAM a, b FROM t WHERE a > 1",
                "ALTER DELIVERY d SET (\"table\" = 't', roll_rows = 5, \"path.a\" = '$.a')",
                "ALTER DELIVERY d RESET (\"table\", roll_rows, \"path.a\")",
                "SHOW STREAMS",
                "SHOW PUMPS",
                "SHOW VIEWS",
                "SHOW MATERIALIZED VIEWS",
                "SHOW DELIVERIES",
                "SHOW FUNCTIONS",
                "SHOW WATERMARKS",
                "SHOW CREATE MATERIALIZED VIEW v",
                "SHOW server_version",
                "SHOW millrace.rows_max",
                "SHOW ALL",
                "SHOW TRANSACTION ISOLATION LEVEL",
                "SET extra_float_digits = 3",
                "SET SESSION search_path TO public, pg_catalog",
                "SET x = ON",
                "SET x TO DEFAULT",
                "RESET x",
                "RESET ALL",
                "DESCRIBE s",
                "DESCRIBE STREAM s",
                "SELECT STREAM a FROM s EMIT CHANGES",
                "SELECT STREAM a FROM s AS t EMIT ON WINDOW CLOSE",
                "SELECT STREAM a FROM s EMIT CHANGES LIMIT 3",
                "SELECT STREAM a FROM s ORDER BY a EMIT EVERY INTERVAL '1' SECOND LIMIT ALL",
                "SELECT STREAM a FROM s LIMIT 3 EMIT CHANGES ON UPDATE WITH LATENESS INTERVAL '5' MINUTE",
                "CREATE PUMP p AS INSERT INTO s SELECT STREAM a FROM t EMIT CHANGES EVERY INTERVAL '1' SECOND",
                "CREATE MATERIALIZED VIEW v AS SELECT a FROM t EMIT EVERY INTERVAL '1' SECOND",
                "CREATE DELIVERY d AS SELECT STREAM a FROM s EMIT ON UPDATE TO 'file:///x' WITH (format = 'csv')",
                "SELECT lateness, changes FROM watermarks",
                "EXPLAIN SELECT STREAM 1 FROM s EMIT ON UPDATE",
                "EXPLAIN SELECT 1",
                "COPY s FROM 's3://bucket/a/*.parquet'",
                "COPY s (a, b) FROM 'file:///lake/s.csv' WITH (format = 'csv', header = TRUE)",
                "EXPLAIN ANALYZE SELECT 1",
                "EXPLAIN ANALYZE (FORMAT JSON) SELECT 1",
                "EXPLAIN PUMP p",
                "EXPLAIN ANALYZE PUMP p",
                "EXPLAIN ANALYZE (FORMAT JSON) MATERIALIZED VIEW v",
                "EXPLAIN ANALYZE DELIVERY d",
                "SELECT analyze FROM analyze",
                "EXPLAIN (FORMAT JSON) PLAN FOR SELECT 1",
                "EXPLAIN CREATE PUMP p AS INSERT INTO s SELECT STREAM * FROM t",
                "INSERT INTO s VALUES (1, 'x'), (2, ?)",
                "INSERT INTO s (a) SELECT a FROM t",
                "CREATE TABLE t (a INT PRIMARY KEY, b VARCHAR(10) NOT NULL DEFAULT 'x', c DOUBLE)",
                "CREATE TABLE IF NOT EXISTS t (a INT, b TIMESTAMP DEFAULT CURRENT_TIMESTAMP, CONSTRAINT x PRIMARY KEY"
                        + " (a, b))",
                "DROP TABLE IF EXISTS t",
                "SHOW TABLES",
                "SHOW CREATE TABLE t",
                "DESCRIBE TABLE t",
                "TRUNCATE TABLE t",
                "TRUNCATE t",
                "UPDATE t SET a = a + 1, b = DEFAULT WHERE c IN (SELECT c FROM u)",
                "UPDATE t AS x SET a = y.a FROM u AS y WHERE x.b = y.b RETURNING x.a, b AS c",
                "DELETE FROM t",
                "DELETE FROM t x WHERE a = ? RETURNING *",
                "DELETE FROM t USING u WHERE t.a = u.a",
                "INSERT INTO t VALUES (1, 2) ON CONFLICT DO NOTHING",
                "INSERT INTO t (a) SELECT a FROM s ON CONFLICT (a) DO UPDATE SET b = EXCLUDED.b WHERE t.b < 3"
                        + " RETURNING a",
                "SELECT tables, conflict, nothing, \"do\" FROM x",
                "EXPLAIN DELETE FROM t WHERE a = 1",
            })
    void aStatementIsWrittenAsWhatReadsTheSame(String statement) throws ParseFailure {
        String written = MillraceParser.text(MillraceParser.parse(statement));

        assertThat(MillraceParser.text(MillraceParser.parse(written))).isEqualTo(written);
    }
}
