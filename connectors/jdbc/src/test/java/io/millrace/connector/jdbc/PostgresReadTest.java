package io.millrace.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.spi.connector.RelationScan;
import io.millrace.spi.connector.RowCondition;
import io.millrace.spi.connector.RowCondition.Compared;
import io.millrace.spi.connector.RowCondition.Comparison;
import io.millrace.spi.connector.RowLookup;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.PostgresServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables of PostgreSQL, read, where it is installed. */
class PostgresReadTest extends ReadContract {

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        assumeThat(PostgresServer.installed()).as("PostgreSQL is installed").isTrue();
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    String url() {
        return server.url();
    }

    @Override
    Connection connect() throws SQLException {
        return server.connect();
    }

    @Override
    @BeforeEach
    void fill() throws Exception {
        server.execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
        super.fill();
    }

    private static final RowType TYPES = RowType.of(
            Field.required("id", DataType.INTEGER),
            Field.nullable("b", DataType.BOOLEAN),
            Field.nullable("s", DataType.SMALLINT),
            Field.nullable("f", DataType.REAL),
            Field.nullable("d", DataType.DOUBLE),
            Field.nullable("m", new DecimalType(12, 3)),
            Field.nullable("u", new DecimalType(38, 18)),
            Field.nullable("c", new CharacterType(4, true)),
            Field.nullable("x", DataType.VARBINARY),
            Field.nullable("dt", DataType.DATE),
            Field.nullable("tm", DataType.TIME),
            Field.nullable("ts", DataType.TIMESTAMP),
            Field.nullable("tz", DataType.TIMESTAMP_WITH_TIME_ZONE),
            Field.nullable("g", DataType.VARCHAR),
            Field.nullable("j", DataType.VARCHAR),
            Field.nullable("e", DataType.VARCHAR),
            Field.nullable("iv", DataType.VARCHAR),
            Field.nullable("a", new ArrayType(DataType.VARCHAR, true)),
            Field.nullable("i", new ArrayType(DataType.INTEGER, true)),
            Field.nullable("Odd \"name\"?", DataType.BIGINT));

    @Test
    void everyTypeIsReadAsItIs() throws Exception {
        server.execute(
                "CREATE TYPE mood AS ENUM ('good', 'bad')",
                "CREATE TABLE kinds (id int NOT NULL, b bool, s smallint, f real, d double precision, m numeric(12,"
                    + " 3), u numeric, c char(4), x bytea, dt date, tm time, ts timestamp, tz timestamptz, g uuid, j"
                    + " jsonb, e mood, iv interval, a text[], i int[], \"Odd \"\"name\"\"?\" bigint)",
                "INSERT INTO kinds VALUES (1, true, -3, 1.5, -0.1, 123.456, 1.000000000000000001, 'ab', '\\x00ff',"
                        + " '2026-02-28', '23:59:59.999999', '1969-12-31 23:59:59.5', '2026-01-01 12:00:00+02',"
                        + " 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', '{\"k\": [1]}', 'bad', '1 day', '{a,NULL,\"b c\"}',"
                        + " '{1,2}', 9)",
                "INSERT INTO kinds (id) VALUES (2)");
        assertThat(table("table", "kinds").columns()).isEqualTo(TYPES);
        List<List<Object>> rows = read(table("table", "public.kinds").scan(TYPES, List.of(), List.of()), TYPES);
        byte[] bytes = (byte[]) rows.getFirst().set(8, null);
        assertThat(bytes).containsExactly(0, 0xff);
        assertThat(rows.getFirst())
                .containsExactly(
                        1,
                        true,
                        -3,
                        1.5f,
                        -0.1,
                        new BigDecimal("123.456"),
                        new BigDecimal("1.000000000000000001"),
                        "ab  ",
                        null,
                        LocalDate.of(2026, 2, 28),
                        LocalTime.of(23, 59, 59, 999_999_000),
                        LocalDateTime.of(1969, 12, 31, 23, 59, 59, 500_000_000),
                        Instant.parse("2026-01-01T10:00:00Z"),
                        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                        "{\"k\": [1]}",
                        "bad",
                        "1 day",
                        Arrays.asList("a", null, "b c"),
                        List.of(1, 2),
                        9L);
        assertThat(rows.get(1).subList(1, TYPES.size())).containsOnlyNulls();
    }

    @Test
    void kindsThatAreComparedAlikeAreLeftToIt() throws Exception {
        server.execute(
                "CREATE TABLE kinds (g uuid PRIMARY KEY, tz timestamptz, b bool, c char(4), j jsonb)",
                "INSERT INTO kinds VALUES ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '2026-01-01 12:00:00+02', true, 'x',"
                        + " '{}')");
        RowType type = table("table", "kinds").columns();
        for (RowCondition condition : List.of(
                new Compared("g", Comparison.EQUAL, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
                new Compared("tz", Comparison.LESS_OR_EQUAL, Instant.parse("2026-01-01T10:00:00Z")),
                new Compared("b", Comparison.EQUAL, true))) {
            try (RelationScan scan = table("table", "kinds").scan(type, List.of(condition), List.of())) {
                assertThat(scan.asked()).contains(" WHERE ");
                assertThat(scan.next()).isNotNull();
            }
        }
        for (RowCondition condition : List.of(
                new Compared("g", Comparison.EQUAL, "no uuid"),
                new Compared("g", Comparison.LESS, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
                new Compared("c", Comparison.EQUAL, "x"),
                new Compared("j", Comparison.EQUAL, "{}"))) {
            try (RelationScan scan = table("table", "kinds").scan(type, List.of(condition), List.of())) {
                assertThat(scan.asked()).doesNotContain(" WHERE ");
            }
        }
    }

    @Test
    void whatTextIsLessGoesByItsBytes() throws Exception {
        assertThat(asked(new Compared("name", Comparison.LESS, "b")))
                .endsWith("WHERE \"name\" COLLATE \"C\" < ?, with 'b'");
    }

    @Test
    void aTypeThatThereIsNotIsNamed() throws Exception {
        server.execute("CREATE TABLE kinds (id int, area box)");
        assertThatThrownBy(() -> table("table", "kinds").columns())
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED);
                    assertThat(e).hasMessageContaining("column 'area' is of type box");
                });
        server.execute("INSERT INTO kinds VALUES (1, '((0,0),(1,1))')");
        RowType text = RowType.of(Field.nullable("area", DataType.VARCHAR));
        assertThat(read(table("table", "kinds").scan(text, List.of(), List.of()), text))
                .isEqualTo(List.of(Collections.singletonList("(1,1),(0,0)")));
    }

    @Test
    void valuesThatThereAreNotHereAreRefused() throws Exception {
        server.execute("CREATE TABLE odd (m numeric, n numeric(9, 2), ts timestamp, tz timestamptz, dt date)");
        RowType type = table("table", "odd").columns();
        for (String row : List.of(
                "('NaN', 0, now(), now(), now())",
                "(0, 'NaN', now(), now(), now())",
                "('Infinity', 0, now(), now(), now())",
                "(0, 0, 'infinity', now(), now())",
                "(0, 0, now(), '-infinity', now())",
                "(0, 0, now(), now(), 'infinity')")) {
            server.execute("TRUNCATE odd", "INSERT INTO odd VALUES " + row);
            assertThatThrownBy(() -> read(table("table", "odd").scan(type, List.of(), List.of()), type))
                    .as(row)
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_VALUE))
                    .hasMessageContaining("has a value that is no");
        }
    }

    @Test
    void rowsComeAPartAtATime() throws Exception {
        server.execute(
                "CREATE TABLE many AS SELECT g AS id, repeat('x', 1000) AS filler FROM generate_series(1, 30000) g");
        RowType type = table("table", "many").columns();
        try (RelationScan scan = table("table", "many", "fetch_rows", "100").scan(type, List.of(), List.of())) {
            assertThat(scan.next()).isNotNull();
            // The rest is still with the server, which waits to be asked: nothing else may change the table meanwhile.
            assertThat(server.rows("SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'"))
                    .containsExactly("1");
        }
    }

    @Test
    void aLookupIsBrokenOff() throws Exception {
        server.execute("CREATE VIEW slow AS SELECT g AS id, pg_sleep(600)::text AS t FROM generate_series(1, 3) g");
        RowType type = RowType.of(Field.nullable("id", DataType.INTEGER), Field.nullable("t", DataType.VARCHAR));
        RowBatch keys = RowBatch.create(type.project(0), 1);
        JavaValues.append(keys, List.of(1));
        try (RowLookup lookup = table("table", "slow").lookup(type, List.of("id"))) {
            CompletableFuture<Throwable> failure =
                    CompletableFuture.supplyAsync(() -> catchThrowable(() -> lookup.find(keys)));
            while (server.rows("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
                    .isEmpty()) {
                LockSupport.parkNanos(1_000_000);
            }
            lookup.cancel();
            assertThat(failure.get(30, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void itIsReadAndNotWritten() throws Exception {
        server.execute(
                "CREATE FUNCTION grow() RETURNS int LANGUAGE sql AS 'INSERT INTO things (id) VALUES (1) RETURNING 1'",
                "CREATE VIEW growing AS SELECT grow() AS id");
        RowType type = RowType.of(Field.nullable("id", DataType.INTEGER));
        assertThatThrownBy(() -> read(table("table", "growing").scan(type, List.of(), List.of()), type))
                .hasMessageContaining("read-only transaction");
        RowBatch keys = RowBatch.create(type, 1);
        JavaValues.append(keys, List.of(1));
        try (RowLookup lookup = table("table", "growing").lookup(type, List.of("id"))) {
            assertThatThrownBy(() -> lookup.find(keys)).hasMessageContaining("read-only transaction");
        }
    }
}
