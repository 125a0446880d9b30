package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.MillraceException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A statement that is wrong says what is wrong, where, and what to do; and nothing is changed by it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadStatementsTest {

    private EngineFixture engine;

    @BeforeAll
    void open(@TempDir Path directory) {
        engine = EngineFixture.open(directory);
        engine.run(
                "CREATE STREAM trades (ticker VARCHAR, price DOUBLE, at TIMESTAMP)",
                "CREATE STREAM sums (ticker VARCHAR, total DOUBLE)",
                "CREATE TABLE listings (ticker VARCHAR PRIMARY KEY, name VARCHAR)");
    }

    @AfterAll
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        SELECT pric FROM trades | UNDEFINED_COLUMN | no column named 'pric' (line 1, column 8) | did you mean 'price'?
        SELECT * FROM trade | UNDEFINED_NAME | no stream or view named 'trade' (line 1, column 15) | did you mean 'trades'?
        SELECT sums.price FROM trades, sums | UNDEFINED_COLUMN | no column named 'price' (line 1, column 13) | another table of the query has one: put that one's name before it, and use it where its FROM is
        SELECT TUMBLE_END(ROWTIME, INTERVAL '2' HOUR) FROM trades GROUP BY TUMBLE(ROWTIME, INTERVAL '1' HOUR) | INVALID_STATEMENT | TUMBLE_END is not of the window in GROUP BY, which is TUMBLE(ROWTIME, INTERVAL '1' HOUR) (line 1, column 8) | write TUMBLE_END(ROWTIME, INTERVAL '1' HOUR)
        SELEC * FROM trades | SYNTAX_ERROR | syntax error: found 'SELEC' (line 1, column 1) | expected SELECT, INSERT, CREATE, DROP, ALTER, SHOW, …
        SELECT * FROM trades WHERE | SYNTAX_ERROR | syntax error: found the end of the statement (line 1, column 27) | expected an expression
        SELECT 'unclosed FROM trades | SYNTAX_ERROR | syntax error: a quoted text, a quoted name or a comment is not closed (line 1, column 8) |
        SELECT * FROM trades WHERE ticker | INVALID_STATEMENT | WHERE clause must be a condition (line 1, column 28) |
        SELECT nosuch(price) FROM trades | UNDEFINED_FUNCTION | no function nosuch(<NUMERIC>) (line 1, column 8) | see SHOW FUNCTIONS; a CAST of an argument may help
        SELECT ticker, price FROM trades GROUP BY ticker | INVALID_STATEMENT | 'price' is neither grouped nor aggregated (line 1, column 16) | add it to GROUP BY, or put it in an aggregate function such as ANY_VALUE
        INSERT INTO trades VALUES ('A', 'abc', NULL) | INVALID_VALUE | 'abc' is not a number |
        INSERT INTO trades VALUES ('A', 1) | INVALID_STATEMENT | the query has 2 columns, and 3 of 'trades' are to be written (line 1, column 20) | name the columns: INSERT INTO trades (column, …)
        INSERT INTO trades (nope) VALUES (1) | UNDEFINED_COLUMN | no column named 'nope' (line 1, column 21) | columns here: ticker, price, at
        INSERT INTO nope VALUES (1) | UNDEFINED_NAME | no stream named 'nope' (line 1, column 13) | create it first, or see SHOW STREAMS
        INSERT INTO trades SELECT ticker, 1 / 0, NULL FROM (VALUES ('A')) AS t (ticker) | DIVISION_BY_ZERO | division by zero |
        CREATE PUMP p AS INSERT INTO sums SELECT STREAM ticker, SUM(price) FROM trades GROUP BY ticker | INVALID_STATEMENT | an aggregate without a window changes rows it gave before, and stream 'sums' only takes new ones (line 1, column 80) | group by a window of the stream's time (window_start, window_end over TUMBLE or HOP, or FLOOR(ROWTIME TO MINUTE)), create a materialized view, or write EMIT CHANGES to get each change as a row
        CREATE PUMP p AS INSERT INTO sums SELECT STREAM price, ticker FROM trades | TYPE_MISMATCH | column 'ticker' is VARCHAR, and its value is DOUBLE (line 1, column 35) | convert it with CAST, or with a function such as TO_TIMESTAMP or UNIX_TIMESTAMP
        CREATE PUMP p AS INSERT INTO sums SELECT STREAM ticker FROM trades | INVALID_STATEMENT | the query has 1 columns, and 2 of 'sums' are to be written (line 1, column 35) | name the columns: INSERT INTO sums (column, …)
        CREATE PUMP p AS INSERT INTO nope SELECT STREAM price FROM trades | UNDEFINED_NAME | no stream named 'nope' (line 1, column 30) | create it first, or see SHOW STREAMS
        CREATE STREAM trades (a INTEGER) | DUPLICATE_NAME | there is already a stream 'trades' | use CREATE OR REPLACE STREAM to change its columns
        CREATE STREAM x (a INTEGER, a INTEGER) | INVALID_STATEMENT | column 'a' is declared twice (line 1, column 29) | names that differ in case only are the same
        CREATE STREAM x (a INTEGER) WITH (shards = 0) | INVALID_ARGUMENT | option 'shards' is '0' | give a whole number from 1 to 1000
        CREATE STREAM x (a INTEGER) WITH (format = 'xml') | INVALID_ARGUMENT | there is no record format 'xml' | there are: avro, csv, json, lines
        CREATE STREAM x (a INTEGER) WITH (retention = 'long') | INVALID_ARGUMENT | option 'retention' is 'long' | give a length of time such as '500 ms', '5 s', '10 min', '24 h' or '7 days'
        CREATE STREAM x (a INTEGER) WITH (partition_key = 'b') | UNDEFINED_COLUMN | partition_key names column 'b', which the stream does not have |
        CREATE STREAM x (a INTEGER, WATERMARK FOR b AS b - INTERVAL '1' SECOND) | UNDEFINED_COLUMN | no column named 'b' (line 1, column 43) | did you mean 'a'?
        CREATE STREAM x (a INTEGER, WATERMARK FOR a AS a - INTERVAL '1' SECOND) | TYPE_MISMATCH | column 'a' of the WATERMARK is INTEGER (line 1, column 43) | declare it as TIMESTAMP
        CREATE DELIVERY d FROM trades TO 'redshift://127.0.0.1:1/x' WITH ("table" = 't') | INVALID_ARGUMENT | option 'staging' is '' | give a folder of a bucket that Redshift reads, without blanks, quotes, backslashes, %, ? and #: 's3://bucket/folder'
        CREATE DELIVERY d FROM trades TO 'redshift://127.0.0.1:1/x' WITH ("table" = 't', staging = 's3://b/f', format = 'csv') | INVALID_ARGUMENT | option 'format' is 'csv' | give json, or lines for records that COPY reads as they came
        CREATE DELIVERY d FROM trades TO 'redshift://127.0.0.1:1/x' WITH ("table" = 't', staging = 's3://b/f', copy_options = 'NOLOAD') | INVALID_ARGUMENT | option 'copy_options' says who may read the files, that there is a manifest, or NOLOAD | say the first as iam_role, or as access_key_id with secret_access_key, and leave out the others
        CREATE DELIVERY d FROM trades TO 'redshift://127.0.0.1:1/x' WITH ("table" = 't', staging = 's3://b/f', region = 'us-east-1', mode = 'upsert') | INVALID_ARGUMENT | unknown option 'mode' | options known here: access_key_id, append_text, attempts, backup, backup_compression, backup_error_prefix, backup_mode, backup_prefix, columns, compression, copy_options, deaggregate, decompress, encryption, endpoint, error_output_prefix, file_extension, format, iam_role, keep_files, kms_key_id, log_events, offsets_table, part_bytes, partition_by, partition_query, partitions_max, password, path.COLUMN, path_style, prefix, read_as, region, retry_duration, roll_bytes, roll_inactivity, roll_interval, roll_rows, roll_watermark, route, route_database, route_error_prefix, route_others, schema_evolution, secret_access_key, session_token, split_records, sse_customer_key, staging, start, storage_class, table, table_creation, time_zone, timeout, timestamp_unit, transform, transform_arn, transform_bytes, transform_interval, transform_name, transform_retries, transform_timeout, user, whole_records, write_partition_columns
        CREATE DELIVERY d FROM trades TO 'jdbc:redshift://127.0.0.1:1/x' WITH ("table" = 't') | INVALID_ARGUMENT | Redshift takes rows from files and not over its connection | write TO 'redshift://host:5439/database' with "staging" = 's3://bucket/folder'
        CREATE DELIVERY d FROM trades TO 'nope://x/y' | INVALID_ARGUMENT | there is no kind of destination 'nope' | there are: abfss, az, azure, delta, elasticsearch+http, elasticsearch+https, file, http, https, iceberg, jdbc, kafka, kinesis, mongodb, mongodb+srv, opensearch+http, opensearch+https, redshift, s3, splunk+http, splunk+https
        CREATE DELIVERY d FROM trades TO 'azure://lake/x' WITH (account = 'a b') | INVALID_ARGUMENT | option 'account' is 'a b' | give 3 to 24 small letters and digits
        CREATE DELIVERY d FROM trades TO 'azure://lake/x' WITH (account = 'acc', account_key = '*') | INVALID_ARGUMENT | what opens the storage account cannot be used | check 'account_key', or AZURE_STORAGE_KEY: it is in base64
        CREATE DELIVERY d FROM trades TO 'azure://lake/x' WITH (account_key = 'eA==', sas_token = 'sv') | INVALID_ARGUMENT | 'account_key' and 'sas_token' are both given | give one of 'connection_string', 'account_key' and 'sas_token'
        CREATE DELIVERY d FROM trades TO 'azure://lake/x' WITH (account = 'acc', block_bytes = '1 kB') | INVALID_ARGUMENT | option 'block_bytes' is '1 kB' | give a size from 64 kB to 1 GB
        CREATE DELIVERY d FROM trades TO 'azure://lake/x' WITH (account = 'acc', access_tier = 'cellar') | INVALID_ARGUMENT | option 'access_tier' is 'cellar' | give one of hot, cool, cold, archive
        CREATE DELIVERY d FROM trades TO 'azure://Lake/x' WITH (account = 'acc') | INVALID_ARGUMENT | 'azure://Lake/x' names no container | write it like 'azure://container/prefix' or 'abfss://container@account.dfs.core.windows.net/prefix'; keys and tokens are options
        CREATE DELIVERY d FROM trades TO 'not a url' | INVALID_ARGUMENT | 'not a url' is no URL | write it like 'file:///data/lake/trades'
        CREATE DELIVERY d FROM trades TO 'file:///tmp/x' WITH (format = 'xls') | INVALID_ARGUMENT | there is no format 'xls' | there are: arrow, arrow-stream, avro, csv, json, lines, orc, parquet
        CREATE DELIVERY d FROM trades TO 'file:///tmp/x' WITH (nosuch = 1) | INVALID_ARGUMENT | unknown option 'nosuch' | options known here: aad_prefix, aad_prefix_stored, append_text, compression, compression_level, deaggregate, decompress, dictionary, encryption_algorithm, encryption_key, encryption_key_id, error_output_prefix, file_extension, format, keys_file, log_events, page_bytes, partition_by, partition_query, partitions_max, plaintext_footer, prefix, read_as, roll_bytes, roll_inactivity, roll_interval, roll_rows, roll_watermark, route, route_database, route_error_prefix, route_others, row_group_bytes, schema_evolution, split_records, start, table_creation, time_zone, transform, transform_arn, transform_bytes, transform_interval, transform_name, transform_retries, transform_timeout, whole_records, write_partition_columns, writer_version
        CREATE DELIVERY d FROM trades TO 'file:///tmp/x' WITH (read_as = 'json') | INVALID_ARGUMENT | option 'read_as' is 'json' | give a stream that goes to a table, with whose columns records are read
        CREATE DELIVERY d FROM trades TO 'file:///tmp/x' WITH (roll_watermark = '10 ms') | INVALID_ARGUMENT | option 'roll_watermark' is '10 ms' | give a time from 1 s to 7 days
        CREATE DELIVERY d FROM trades TO 'file:///tmp/x' WITH (roll_watermark = '1 hour', append_text = 'x') | INVALID_ARGUMENT | option 'roll_watermark' is '1 hour' | give it without steps that transform records: what comes out of them has no watermark
        CREATE DELIVERY d FROM trades TO 'file:///tmp/x' WITH (route = 'a.b') | INVALID_ARGUMENT | option 'route' is 'a.b' | give a destination that is a table
        CREATE DELIVERY d FROM trades TO 'file:///tmp/x' WITH (route = 'a') | INVALID_ARGUMENT | option 'route' is 'a' | give a database and a table, such as 'market.trades'
        CREATE DELIVERY d FROM trades TO 'file:///tmp/x' WITH (route_others = 'a.b') | INVALID_ARGUMENT | option 'route_others' is 'a.b' | give route too, the table of this delivery
        CREATE DELIVERY d FROM trades TO 'file:///tmp/x' WITH (route_database = 'a') | INVALID_ARGUMENT | option 'route_database' is 'a' | give route too, the table of this delivery
        CREATE DELIVERY d FROM trades TO 'delta:file:///tmp/x' WITH (read_as = 'json') | UNSUPPORTED | tables of 'delta:' are not asked for their columns | deliver a stream or a query with columns
        CREATE DELIVERY d FROM trades TO 'iceberg:a.b' WITH (warehouse = 'file:///tmp/nowhere-at-all', backup_error_prefix = 'x/') | INVALID_ARGUMENT | option 'backup_error_prefix' is 'x/' | give a place for it too, such as backup = 'file:///lake/backup'
        CREATE OR REPLACE VIEW IF NOT EXISTS v AS SELECT price FROM trades | INVALID_STATEMENT | OR REPLACE and IF NOT EXISTS say different things of a view that is there (line 1, column 1) | write one of them
        CREATE DELIVERY d FROM listings TO 'file:///tmp/x' | INVALID_STATEMENT | 'listings' is a table, and FROM names a stream (line 1, column 24) | write AS SELECT STREAM * FROM listings EMIT CHANGES in place of FROM listings
        CREATE DELIVERY d FROM nope TO 'file:///tmp/x' | UNDEFINED_NAME | no stream named 'nope' (line 1, column 24) | create it first, or see SHOW STREAMS
        DROP STREAM nope | UNDEFINED_NAME | there is no stream 'nope' |
        ALTER PUMP nope START | UNDEFINED_NAME | there is no pump 'nope' |
        DROP STREAM error_stream | WRONG_STATE | stream 'error_stream' belongs to Millrace itself |
        CREATE OR REPLACE STREAM error_stream (a INTEGER) | WRONG_STATE | stream 'error_stream' belongs to Millrace itself |
        SHOW nope | UNDEFINED_NAME | there is no setting 'nope' | settings of Millrace: stream_start, timezone
        SHOW JOBS | UNDEFINED_NAME | there is no setting 'jobs' | what goes on by itself is shown by SHOW PUMPS, SHOW VIEWS and SHOW DELIVERIES
        ALTER STREAM trades ADD COLUMN z INT | SYNTAX_ERROR | syntax error: a stream is not changed with ALTER (line 1, column 7) | write CREATE OR REPLACE STREAM with all of its columns for others or another format over what is in it; shards and retention stay
        CREATE TABLE k (a INT) WITH ('connector' = 'kafka') | SYNTAX_ERROR | syntax error: a table has no options: it lies here and changes by INSERT, UPDATE and DELETE (line 1, column 24) | write CREATE STREAM for rows that come, CREATE PUMP and CREATE DELIVERY for where they go, CREATE EXTERNAL TABLE for files and other databases
        SELECT POSITION FROM error_stream | SYNTAX_ERROR | syntax error: 'POSITION' is a reserved word (line 1, column 8) | expected a name; as a name it is written "POSITION"
        SELECT window_start FROM TABLE(TUMBL(TABLE trades, DESCRIPTOR(ROWTIME), INTERVAL '1' MINUTE)) | UNDEFINED_FUNCTION | no window function TUMBL (line 1, column 32) | did you mean 'TUMBLE'?
        SELECT window_start FROM TABLE(SLIDE(TABLE trades, DESCRIPTOR(ROWTIME), INTERVAL '1' MINUTE)) | UNDEFINED_FUNCTION | no window function SLIDE (line 1, column 32) | there are: TUMBLE, HOP, CUMULATE, SESSION
        SELECT ticker, TUMBLE(ROWTIME, INTERVAL '1' MINUTE) AS w FROM trades | INVALID_STATEMENT | TUMBLE groups rows and stands in GROUP BY or FROM, and here is no GROUP BY (line 1, column 16) | write STEP(time BY INTERVAL …) for the start of a row's window, or GROUP BY TUMBLE(…)
        SELECT a.price FROM trades AS a JOIN sums FOR SYSTEM_TIME AS OF TIMESTAMP '2026-01-01 00:00:00' AS b ON a.ticker = b.ticker | INVALID_STATEMENT | a stream is joined as of the time of the other side's rows | write FOR SYSTEM_TIME AS OF s.ROWTIME, where s is the left of the join
        CREATE PUMP p AS INSERT INTO sums SELECT STREAM ticker, price FROM trades WHERE price NOT IN (SELECT total FROM sums) | INVALID_STATEMENT | NOT IN (subquery) takes rows back when an equal one comes, or NULL, and stream 'sums' only takes what stays (line 1, column 81) | write NOT EXISTS and compare the times of both sides (WHERE NOT EXISTS (SELECT 1 FROM b WHERE b.x = a.x AND b.ROWTIME BETWEEN a.ROWTIME AND a.ROWTIME + INTERVAL '5' MINUTE)), or create a materialized view
        SET stream_start = 'noon' | INVALID_ARGUMENT | stream_start is 'noon' | give earliest or latest
        UPDATE trades SET price = 1 | UNSUPPORTED | 'trades' is a stream, whose rows stay as they are: there is no UPDATE for it (line 1, column 8) | keep what changes in a table (CREATE TABLE), or have a materialized view compute it from the stream's rows
        CREATE PUMP p AS INSERT INTO sums SELECT STREAM ticker, SUM(price) FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(nope), INTERVAL '5' SECOND)) GROUP BY ticker, window_start, window_end | UNDEFINED_COLUMN | no column named 'nope' (line 1, column 111) | columns here: ticker, price, at, ROWTIME, APPROXIMATE_ARRIVAL_TIME, PARTITION_KEY, SEQUENCE_NUMBER, SHARD_ID
        CREATE PUMP p AS INSERT INTO sums SELECT STREAM ticker, SUM(price) FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ticker), INTERVAL '5' SECOND)) GROUP BY ticker, window_start, window_end | TYPE_MISMATCH | 'TUMBLE' takes a stream, one TIMESTAMP column of it, and intervals (line 1, column 79) | such as TUMBLE(TABLE orders, DESCRIPTOR(ROWTIME), INTERVAL '5' MINUTE)
        CREATE PUMP p AS INSERT INTO sums SELECT STREAM ticker, SUM(price) FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(at), INTERVAL '5' SECOND)) GROUP BY ticker, window_start, window_end | INVALID_STATEMENT | windows of 'at' are never complete, as it is not the time of its stream, and stream 'sums' only takes what stays (line 1, column 138) | use DESCRIPTOR(ROWTIME), or create the stream with WATERMARK FOR at
        CREATE PUMP p AS INSERT INTO sums SELECT STREAM ticker, price FROM trades ORDER BY price | UNSUPPORTED | ORDER BY in a query that goes on is not supported (line 1, column 75) | add LIMIT for the first rows in the order, as they change; leave out STREAM for an answer that ends, or ORDER BY: rows come in the order of their streams
        """)
    void isExplained(String sql, String code, String message, String hint) {
        MillraceException failure = engine.failure(sql);
        assertThat(failure).isNotNull();
        assertThat(failure.code().name() + " | " + failure.describe() + " | " + failure.hint())
                .isEqualTo(code + " | " + message + " | " + hint);
        assertThat(engine.rows("SHOW STREAMS")).hasSize(3);
        assertThat(engine.rows("SHOW PUMPS")).isEmpty();
        assertThat(engine.rows("SHOW DELIVERIES")).isEmpty();
        assertThat(engine.rows("SELECT * FROM trades")).isEmpty();
    }

    @Test
    void theLineIsThatOfTheMistake() {
        MillraceException failure = engine.failure("SELECT ticker,\n       pric\nFROM trades");
        assertThat(failure.position()).hasToString("line 2, column 8");
    }
}
