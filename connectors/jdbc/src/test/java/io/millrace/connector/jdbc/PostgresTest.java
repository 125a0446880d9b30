package io.millrace.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.format.json.JsonFormat;
import io.millrace.spi.connector.Receiver.Refusal;
import io.millrace.spi.connector.RowReceiver;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.PostgresServer;
import io.millrace.testing.connector.Receivers;
import io.millrace.testing.row.RandomRows;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables of PostgreSQL, where it is installed. */
class PostgresTest extends TableContract {

    private static PostgresServer server;

    private static final RowType TYPES = RowType.of(
            Field.required("n", DataType.INTEGER),
            Field.nullable("b", DataType.BOOLEAN),
            Field.nullable("s", DataType.SMALLINT),
            Field.nullable("l", DataType.BIGINT),
            Field.nullable("f", DataType.REAL),
            Field.nullable("d", DataType.DOUBLE),
            Field.nullable("m", new DecimalType(38, 10)),
            Field.nullable("v", DataType.VARCHAR),
            Field.nullable("x", DataType.VARBINARY),
            Field.nullable("dt", DataType.DATE),
            Field.nullable("tm", DataType.TIME),
            Field.nullable("ts", DataType.TIMESTAMP),
            Field.nullable("tz", DataType.TIMESTAMP_WITH_TIME_ZONE),
            Field.nullable("iv", new IntervalType(false)),
            Field.nullable("ym", new IntervalType(true)),
            Field.nullable("a", new ArrayType(DataType.VARCHAR, true)));

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
    protected String url() {
        return server.url();
    }

    @Override
    Connection connect() throws SQLException {
        return server.connect();
    }

    @Override
    @BeforeEach
    void create() throws Exception {
        server.execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
        super.create();
    }

    @Test
    void everyTypeArrivesAsItIs() throws Exception {
        execute("CREATE TABLE types (n int, b boolean, s smallint, l bigint, f real, d double precision, m numeric, v"
                + " text, x bytea, dt date, tm time, ts timestamp, tz timestamptz, iv interval, ym interval, a"
                + " text[])");
        RowReceiver receiver = (RowReceiver)
                Receivers.open(new TableFactory(), "types", url(), TYPES, new JsonFormat(), "table", "types");
        long seed = Long.getLong("seed", System.nanoTime());
        RowBatch batch = batch(new Random(seed), 300);
        List<Refusal> refusals = receiver.receive(name("f", 0), batch);
        receiver.close();
        assertThat(refusals).as("seed %s: %s", seed, refusals).isEmpty();
        List<String> read = readTypes();
        List<String> given = new ArrayList<>();
        for (int row = 0; row < batch.size(); row++) {
            given.add(text(batch, row));
        }
        assertThat(read).as("seed %s", seed).containsExactlyElementsOf(given);
    }

    private List<String> readTypes() throws SQLException {
        List<String> read = new ArrayList<>();
        try (Connection back = server.connect();
                Statement statement = back.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM types ORDER BY n")) {
            while (rows.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= TYPES.size(); i++) {
                    Object value =
                            TYPES.field(i - 1).type() instanceof FloatingType ? rows.getObject(i) : rows.getString(i);
                    row.append(i > 1 ? "|" : "").append(value);
                }
                read.add(row.toString());
            }
        }
        return read;
    }

    /**
     * Random rows, numbered, without the one character that PostgreSQL has no place for in text, and one that it puts in
     * quotes where we do not.
     */
    private static RowBatch batch(Random random, int count) {
        RandomRows rows = new RandomRows(random, 0.1);
        RowBatch batch = RowBatch.create(TYPES, count);
        while (batch.size() < count) {
            List<Object> row = new ArrayList<>(rows.row(TYPES));
            row.set(0, batch.size());
            if (row.stream().map(String::valueOf).noneMatch(value -> value.matches("(?s).*[\0\u2028].*"))) {
                JavaValues.append(batch, row);
            }
        }
        return batch;
    }

    /** What pgjdbc shows of a row: PostgreSQL's text, but for truth values, and floating-point numbers as objects. */
    private static String text(RowBatch batch, int row) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < batch.columnCount(); i++) {
            text.append(i > 0 ? "|" : "");
            if (batch.column(i).isNull(row)) {
                text.append("null");
            } else if (TYPES.field(i).type().equals(DataType.BOOLEAN)) {
                text.append((Boolean) JavaValues.get(DataType.BOOLEAN, batch.column(i), row) ? "t" : "f");
            } else if (TYPES.field(i).type() instanceof FloatingType) {
                text.append(JavaValues.get(TYPES.field(i).type(), batch.column(i), row));
            } else {
                SqlText.append(TYPES.field(i).type(), batch.column(i), row, ZoneOffset.UTC, text);
            }
        }
        return text.toString();
    }

    @Test
    void textThatPostgresHasNoPlaceForIsRefused() throws Exception {
        assertThat(receiver("a").receive(name("f0", 0), rows(1, "one", 2, "a\0b", 3, "three")))
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.reason()).contains("0x00"));
        assertThat(quakes()).containsExactly("1|one", "3|three");
    }

    @Test
    void aConstraintThatIsLookedAtLateBlamesItsRow() throws Exception {
        execute("ALTER TABLE quakes ADD UNIQUE (name) DEFERRABLE INITIALLY DEFERRED");
        assertThat(receiver("a").receive(name("f0", 0), rows(1, "one", 2, "one", 3, "three")))
                .extracting(Refusal::record)
                .containsExactly(1);
        assertThat(quakes()).containsExactly("1|one", "3|three");
    }

    @Test
    void aServerThatCrashesHasEachRowOnceWhenItIsBack() throws Exception {
        RowReceiver receiver = receiver("a");
        receiver.receive(name("f0", 0), row(1, "one"));
        server.kill();
        try {
            assertThatThrownBy(() -> receiver.receive(name("f0", 1), row(2, "two")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("jdbc:postgresql");
        } finally {
            server.restart();
        }
        try (Connection back = server.connect()) {
            assertThat(back.isValid(10)).isTrue();
        }
        receiver.receive(name("f0", 0), row(1, "one"));
        receiver.receive(name("f0", 1), row(2, "two"));
        assertThat(server.rows("SELECT id, name FROM quakes ORDER BY id")).containsExactly("1|one", "2|two");
    }

    @Test
    void whoMayNotMakeTablesUsesTheOneThatIsThere() throws Exception {
        receiver("a").receive(name("f0", 0), row(1, "one"));
        execute("DROP ROLE IF EXISTS writer");
        execute("CREATE ROLE writer LOGIN");
        execute("GRANT USAGE ON SCHEMA public TO writer");
        execute("GRANT SELECT, INSERT, UPDATE ON quakes, millrace_offsets TO writer");
        RowReceiver receiver = (RowReceiver) Receivers.open(
                new TableFactory(),
                "b",
                url().replace("?user=millrace", ""),
                QUAKES,
                new JsonFormat(),
                "table",
                "quakes",
                "user",
                "writer");
        assertThat(receiver.receive(name("f0", 0), row(2, "two"))).isEmpty();
        receiver.close();
        assertThat(quakes()).containsExactly("1|one", "2|two");
    }

    @Override
    boolean plansUpserts() {
        return true;
    }
}
