package io.millrace.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ROW as Struct, MAP as Map and arrays of them as Array, in answers and as parameters. */
@Timeout(60)
final class DriverStructTest extends DriverFixture {

    private static final Timestamp MOMENT = Timestamp.valueOf("2026-01-31 10:00:00.25");

    @BeforeEach
    void create() throws SQLException {
        gateway.run("CREATE STREAM s (id INTEGER, r ROW(a INTEGER, \"B c\" VARCHAR(9), p DECIMAL(6, 2), t TIMESTAMP(3),"
                + " o BOOLEAN, x VARBINARY, n ROW(y DOUBLE, z BIGINT ARRAY)), m MAP<VARCHAR, DECIMAL(5, 1)>,"
                + " i MAP<INTEGER, VARCHAR>, l ROW(k INTEGER) ARRAY, g INTEGER ARRAY ARRAY)");
    }

    private static void insert(Connection connection, int id, Object... values) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO s VALUES (?, ?, ?, ?, ?, ?)")) {
            insert.setInt(1, id);
            for (int i = 0; i < 5; i++) {
                insert.setObject(i + 2, i < values.length ? values[i] : null);
            }
            insert.executeUpdate();
        }
    }

    private static Struct inner(Connection connection) throws SQLException {
        return connection.createStruct("ROW", new Object[] {1.5, new Long[] {7L, null}});
    }

    private static Struct outer(Connection connection) throws SQLException {
        return connection.createStruct("ROW", new Object[] {
            3, "q\"\\ü", new BigDecimal("12.5"), MOMENT.toLocalDateTime(), true, new byte[] {1, -1}, inner(connection)
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "binary=false"})
    void rowIsAStructOfTypedAttributes(String properties) throws SQLException {
        try (Connection connection = connect(properties)) {
            insert(connection, 1, outer(connection));
            ResultSet rows = connection.createStatement().executeQuery("SELECT r FROM s");
            ResultSetMetaData meta = rows.getMetaData();
            assertThat(meta.getColumnType(1)).isEqualTo(Types.STRUCT);
            assertThat(meta.getColumnTypeName(1)).startsWith("ROW(a INTEGER, ");
            assertThat(meta.getColumnClassName(1)).isEqualTo("java.sql.Struct");
            assertThat(rows.next()).isTrue();
            Struct row = (Struct) rows.getObject(1);
            assertThat(row.getSQLTypeName()).isEqualTo(meta.getColumnTypeName(1));
            Object[] attributes = row.getAttributes();
            assertThat(attributes)
                    .hasSize(7)
                    .startsWith(3, "q\"\\ü", new BigDecimal("12.50"), MOMENT, true, new byte[] {1, -1});
            Object[] inner = ((Struct) attributes[6]).getAttributes();
            assertThat(inner[0]).isEqualTo(1.5);
            assertThat((Object[]) ((Array) inner[1]).getArray()).containsExactly(7L, null);
            assertThat(rows.getObject(1, Struct.class).getAttributes()[0]).isEqualTo(3);
            assertThat(rows.getString(1)).startsWith("{\"a\":3,\"B c\":\"q\\\"\\\\ü\"");
            assertThat(row).hasToString(rows.getString(1));
        }
    }

    @Test
    void structThatWasReadCanBeWrittenAgain() throws SQLException {
        try (Connection connection = connect()) {
            insert(connection, 1, outer(connection));
            ResultSet rows = connection.createStatement().executeQuery("SELECT r FROM s");
            rows.next();
            insert(connection, 2, rows.getObject(1));
            assertThat(texts(connection.createStatement().executeQuery("SELECT COUNT(*), COUNT(DISTINCT r) FROM s")))
                    .containsExactly("2|1");
        }
    }

    @Test
    void mapIsAMapInItsOrderWithTypedKeys() throws SQLException {
        Map<String, Object> prices = new LinkedHashMap<>();
        prices.put("z", new BigDecimal("2.5"));
        prices.put("a", null);
        try (Connection connection = connect()) {
            insert(connection, 1, null, prices, Map.of(-4, "four"));
            ResultSet rows = connection.createStatement().executeQuery("SELECT m, i FROM s");
            assertThat(rows.getMetaData().getColumnClassName(1)).isEqualTo("java.util.Map");
            assertThat(rows.getMetaData().getColumnTypeName(2)).isEqualTo("MAP<INTEGER, VARCHAR>");
            assertThat(rows.next()).isTrue();
            assertThat(rows.getObject(1)).isEqualTo(prices);
            assertThat(((Map<?, ?>) rows.getObject(1)).keySet().toArray()).containsExactly("z", "a");
            assertThat((Object) rows.getObject(2, Map.class)).isEqualTo(Map.of(-4, "four"));
        }
    }

    @Test
    void arraysOfRowsAndOfArraysAreArrays() throws SQLException {
        try (Connection connection = connect()) {
            Struct[] list = {
                connection.createStruct("ROW", new Object[] {1}), connection.createStruct("ROW", new Object[] {null})
            };
            insert(connection, 1, null, null, null, list, List.of(List.of(1, 2), List.of(3)));
            ResultSet rows = connection.createStatement().executeQuery("SELECT l, g FROM s");
            assertThat(rows.getMetaData().getColumnType(1)).isEqualTo(Types.ARRAY);
            assertThat(rows.next()).isTrue();
            Object[] structs = (Object[]) rows.getArray(1).getArray();
            assertThat(((Struct) structs[0]).getAttributes()).containsExactly(1);
            assertThat(((Struct) structs[1]).getAttributes()).containsExactly((Object) null);
            assertThat(rows.getArray(1).getBaseType()).isEqualTo(Types.STRUCT);
            Object[] lists = (Object[]) rows.getArray(2).getArray();
            assertThat((Object[]) ((Array) lists[0]).getArray()).containsExactly(1, 2);
            assertThat(texts(rows.getArray(1).getResultSet())).containsExactly("1|{\"k\":1}", "2|{\"k\":null}");
        }
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheField() throws SQLException {
        try (Connection connection = connect()) {
            assertThatThrownBy(() -> insert(connection, 1, null, null, Map.of("four", "x")))
                    .hasMessageContaining("four")
                    .extracting(DriverFixture::state)
                    .isEqualTo("22P02");
            assertThatThrownBy(
                            () -> insert(connection, 1, null, null, null, new Object[] {Map.of("k", 1, "nothing", 2)}))
                    .hasMessageContaining("[1] has a field \"nothing\"");
            assertThatThrownBy(() -> insert(connection, 1, null, null, null, new Object[] {Map.of("k", "abc")}))
                    .hasMessageContaining("[1].k");
            assertThatThrownBy(() -> insert(connection, 1, "{broken")).hasMessageContaining("is no JSON");
            assertThatThrownBy(() -> insert(connection, 1, connection.createStruct("ROW", new Object[] {1})))
                    .hasMessageContaining("is no object");
            assertThat(texts(connection.createStatement().executeQuery("SELECT id FROM s")))
                    .isEmpty();
        }
    }

    @Test
    void preparedStatementsKnowTheTypeBeforeTheyRun() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement query = connection.prepareStatement("SELECT r, m FROM s")) {
            assertThat(query.getMetaData().getColumnType(1)).isEqualTo(Types.STRUCT);
            assertThat(query.getMetaData().getColumnType(2)).isEqualTo(Types.JAVA_OBJECT);
        }
    }

    @Test
    void otherClientsGoOnToSeeJson() throws SQLException {
        try (Connection ours = connect();
                Connection pgjdbc = gateway.connect("")) {
            insert(ours, 1, outer(ours));
            ResultSet rows = pgjdbc.createStatement().executeQuery("SELECT r FROM s");
            assertThat(rows.getMetaData().getColumnTypeName(1)).isEqualTo("json");
            rows.next();
            org.postgresql.util.PGobject json = new org.postgresql.util.PGobject();
            json.setType("json");
            json.setValue(rows.getString(1));
            try (PreparedStatement insert = pgjdbc.prepareStatement("INSERT INTO s (id, r) VALUES (2, ?)")) {
                insert.setObject(1, json);
                insert.executeUpdate();
            }
            assertThat(texts(ours.createStatement().executeQuery("SELECT COUNT(DISTINCT r), MAX(id) FROM s")))
                    .containsExactly("1|2");
        }
    }

    @Test
    void copyReadsWhatItWrote() throws Exception {
        try (Connection ours = connect();
                Connection pgjdbc = gateway.connect("")) {
            insert(
                    ours,
                    1,
                    outer(ours),
                    Map.of("k", 1),
                    Map.of(1, "v"),
                    new Object[] {Map.of("k", 1)},
                    Arrays.asList(List.of(1), List.of()));
            insert(ours, 2);
            gateway.run("CREATE STREAM copy (id INTEGER, r ROW(a INTEGER, \"B c\" VARCHAR(9), p DECIMAL(6, 2),"
                    + " t TIMESTAMP(3), o BOOLEAN, x VARBINARY, n ROW(y DOUBLE, z BIGINT ARRAY)),"
                    + " m MAP<VARCHAR, DECIMAL(5, 1)>, i MAP<INTEGER, VARCHAR>, l ROW(k INTEGER) ARRAY,"
                    + " g INTEGER ARRAY ARRAY)");
            var copies = pgjdbc.unwrap(org.postgresql.PGConnection.class).getCopyAPI();
            for (String form : List.of("text", "csv", "binary")) {
                var bytes = new java.io.ByteArrayOutputStream();
                copies.copyOut("COPY s TO STDOUT (FORMAT " + form + ")", bytes);
                copies.copyIn(
                        "COPY copy FROM STDIN (FORMAT " + form + ")",
                        new java.io.ByteArrayInputStream(bytes.toByteArray()));
            }
            assertThat(texts(ours.createStatement()
                            .executeQuery("SELECT id, COUNT(*), COUNT(r), COUNT(DISTINCT r), COUNT(DISTINCT m),"
                                    + " COUNT(DISTINCT l) FROM copy GROUP BY id ORDER BY id")))
                    .containsExactly("1|3|3|1|1|1", "2|3|0|0|0|0");
            assertThat(texts(ours.createStatement().executeQuery("SELECT * FROM copy WHERE id = 1 LIMIT 1")))
                    .isEqualTo(texts(ours.createStatement().executeQuery("SELECT * FROM s WHERE id = 1")));
            assertThatThrownBy(() -> copies.copyIn(
                            "COPY copy (id, l) FROM STDIN",
                            new java.io.StringReader("1\t[{\"k\":1}]\n2\t[{\"k\":\"x\"}]\n")))
                    .hasMessageContaining("[1].k")
                    .hasMessageContaining("line 2, column l");
        }
    }

    @Test
    void momentsInsideAreReadInAnyClass() throws SQLException {
        try (Connection connection = connect()) {
            insert(connection, 1, outer(connection));
            ResultSet rows = connection.createStatement().executeQuery("SELECT s.r.t FROM s");
            rows.next();
            assertThat(rows.getObject(1, LocalDateTime.class)).isEqualTo(MOMENT.toLocalDateTime());
        }
    }
}
