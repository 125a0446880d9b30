package io.millrace.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.format.json.JsonFormat;
import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.Receiver.Refusal;
import io.millrace.spi.connector.ReceiverFactory;
import io.millrace.spi.connector.RowReceiver;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.Receivers;
import io.millrace.testing.contract.RowReceiverContract;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What tables of every database do. */
abstract class TableContract extends RowReceiverContract {

    static final RowType QUAKES = RowType.of(
            Field.required("id", DataType.BIGINT),
            Field.nullable("name", DataType.VARCHAR),
            Field.nullable("price", new DecimalType(20, 4)),
            Field.nullable("seen", DataType.TIMESTAMP));

    private final List<RowReceiver> open = new ArrayList<>();
    private Connection connection;

    @Override
    protected ReceiverFactory factory() {
        return new TableFactory();
    }

    @Override
    protected Map<String, String> options() {
        return Map.of("table", "quakes");
    }

    @Override
    protected RecordFormat json() {
        return new JsonFormat();
    }

    @Override
    protected List<Long> taken() throws Exception {
        return read("SELECT id FROM quakes").stream().map(Long::valueOf).toList();
    }

    @Override
    protected List<? extends @Nullable Object> poison() {
        return Arrays.asList(2L, null);
    }

    /** Returns the statement that makes the table {@code quakes}: id is its key, and name is not NULL. */
    String table() {
        return "CREATE TABLE quakes (id BIGINT PRIMARY KEY, name VARCHAR(100) NOT NULL, price DECIMAL(20, 4),"
                + " seen TIMESTAMP)";
    }

    Connection connect() throws Exception {
        return DriverManager.getConnection(url());
    }

    @BeforeEach
    void create() throws Exception {
        connection = connect();
        execute(table());
    }

    @AfterEach
    void close() throws Exception {
        open.forEach(RowReceiver::close);
        connection.close();
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    RowReceiver receiver(String sender, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("table", "quakes"));
        all.addAll(List.of(options));
        RowReceiver receiver = (RowReceiver)
                Receivers.open(factory(), sender, url(), QUAKES, new JsonFormat(), all.toArray(String[]::new));
        open.add(receiver);
        return receiver;
    }

    static RowBatch rows(Object... idsAndNames) {
        RowBatch batch = RowBatch.create(QUAKES, 4);
        for (int i = 0; i < idsAndNames.length; i += 2) {
            long id = ((Number) idsAndNames[i]).longValue();
            JavaValues.append(
                    batch,
                    Arrays.asList(
                            id,
                            idsAndNames[i + 1],
                            BigDecimal.valueOf(id * 10_001, 4),
                            LocalDateTime.of(2026, 1, 31, 13, 45, 1, 123_456_000)));
        }
        return batch;
    }

    static RowBatch row(long id, @Nullable String name) {
        return rows(id, name);
    }

    List<String> read(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.append(i > 1 ? "|" : "").append(result.getString(i));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    List<String> quakes() throws SQLException {
        return read("SELECT id, name FROM quakes ORDER BY id");
    }

    static BatchName name(String file, int number) {
        return new BatchName(file, number);
    }

    @Test
    void rowsComeWithTheirTypes() throws Exception {
        RowReceiver receiver = receiver("a");
        assertThat(receiver.receive(name("f0", 0), rows(1, "one", 2, "zwei ☃ \t'\"\\")))
                .isEmpty();
        assertThat(quakes()).containsExactly("1|one", "2|zwei ☃ \t'\"\\");
        assertThat(read("SELECT count(*) FROM quakes WHERE price = 1.0001").getFirst())
                .isEqualTo("1");
        assertThat(read("SELECT seen FROM quakes WHERE id = 1").getFirst()).startsWith("2026-01-31 13:45:01.123456");
        assertThat(receiver.exactlyOnce()).isTrue();
    }

    @Test
    void rowsThatTheTableRefusesDoNotStopTheOthers() throws Exception {
        RowReceiver receiver = receiver("a");
        receiver.receive(name("f0", 0), row(3, "three"));
        RowBatch batch = rows(1, "one", 2, null, 3, "again", 4, "four", 5, "five", 5, "five again", 6, "six");
        List<Refusal> refusals = receiver.receive(name("f0", 1), batch);
        assertThat(refusals).extracting(Refusal::record).containsExactly(1, 2, 5);
        assertThat(refusals).allSatisfy(refusal -> assertThat(refusal.reason()).isNotBlank());
        assertThat(quakes()).containsExactly("1|one", "3|three", "4|four", "5|five", "6|six");
        // Whoever never heard the answer gets it again.
        assertThat(receiver.receive(name("f0", 1), batch)).isEqualTo(refusals);
        assertThat(receiver("a").receive(name("f0", 1), batch)).isEqualTo(refusals);
    }

    @Test
    void anUpsertTakesTheLastRowOfAKey() throws Exception {
        RowReceiver receiver = receiver("a", "mode", "upsert", "key", "id");
        receiver.receive(name("f0", 0), rows(1, "one", 2, "two", 1, "uno"));
        receiver.receive(name("f0", 1), rows(2, "due", 3, null, 4, "four", 4, "quattro"));
        assertThat(quakes()).containsExactly("1|uno", "2|due", "4|quattro");
        assertThat(receiver.receive(name("f0", 1), rows(2, "due", 3, null)))
                .extracting(Refusal::record)
                .containsExactly(1);
    }

    private static final RowType CHANGES = RowType.of(
            Field.required("op", DataType.VARCHAR),
            Field.nullable("id", DataType.BIGINT),
            Field.nullable("name", DataType.VARCHAR));

    private RowReceiver follower(String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("table", "quakes", "mode", "upsert", "key", "id"));
        all.addAll(List.of(options));
        RowReceiver receiver = (RowReceiver)
                Receivers.open(factory(), "v", url(), CHANGES, new JsonFormat(), all.toArray(String[]::new));
        open.add(receiver);
        return receiver;
    }

    private static RowBatch changes(@Nullable Object... opsIdsAndNames) {
        RowBatch batch = RowBatch.create(CHANGES, 4);
        for (int i = 0; i < opsIdsAndNames.length; i += 3) {
            JavaValues.append(batch, Arrays.asList(opsIdsAndNames).subList(i, i + 3));
        }
        return batch;
    }

    @Test
    void rowsThatWentAreTakenOut() throws Exception {
        RowReceiver receiver = follower();
        assertThat(receiver.receive(
                        name("f0", 0),
                        changes(
                                "insert", 1L, "one", "insert", 2L, "two", "insert", 3L, "three", "delete", 3L,
                                "three")))
                .isEmpty();
        assertThat(quakes()).containsExactly("1|one", "2|two");
        RowBatch batch = changes(
                "delete", 1L, "one", "delete", 2L, "two", "delete", 9L, "none", "insert", 2L, "due", "insert", 4L,
                "four");
        assertThat(receiver.receive(name("f0", 1), batch)).isEmpty();
        assertThat(quakes()).containsExactly("2|due", "4|four");
        receiver.receive(name("f0", 2), changes("insert", 1L, "uno", "delete", 2L, "due"));
        // A batch that comes again changes nothing, whatever has come since.
        receiver.receive(name("f0", 2), changes("insert", 1L, "uno", "delete", 2L, "due"));
        assertThat(quakes()).containsExactly("1|uno", "4|four");
    }

    @Test
    void changesThatSayNothingAreRefusedAndTheOthersCount() throws Exception {
        RowReceiver receiver = follower();
        receiver.receive(name("f0", 0), changes("insert", 1L, "one", "insert", 2L, "two"));
        List<Refusal> refusals = receiver.receive(
                name("f0", 1),
                changes(
                        "delete", 1L, "one", "update", 2L, "due", "insert", null, "nobody", "delete", 2L, "two",
                        "insert", 3L, null, "insert", 4L, "four"));
        assertThat(refusals).extracting(Refusal::record).containsExactly(1, 2, 4);
        assertThat(refusals.get(0).reason())
                .contains("column 'op' is 'update', where a change is 'insert' or 'delete'");
        assertThat(refusals.get(1).code()).isEqualTo(ErrorCode.NULL_NOT_ALLOWED);
        assertThat(quakes()).containsExactly("4|four");
    }

    @Test
    void aColumnOfTheTableMayBeCalledOp() throws Exception {
        execute("ALTER TABLE quakes ADD op VARCHAR(10)");
        follower("op", "none").receive(name("f0", 0), changes("delete", 1L, "one"));
        assertThat(read("SELECT id, op FROM quakes")).containsExactly("1|delete");
    }

    @Test
    void aTableThatIsNotThereIsTriedAgain() throws Exception {
        execute("DROP TABLE quakes");
        RowReceiver receiver = receiver("a");
        assertThatThrownBy(() -> receiver.receive(name("f0", 0), row(1, "one")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("quakes");
        assertThatThrownBy(receiver::check).isInstanceOf(IOException.class).hasMessageContaining("quakes");
        execute(table());
        receiver.receive(name("f0", 0), row(1, "one"));
        assertThat(quakes()).containsExactly("1|one");
    }

    @Test
    void aColumnThatIsMissingIsNamed() throws Exception {
        execute("ALTER TABLE quakes DROP COLUMN price");
        assertThatThrownBy(() -> receiver("a").check())
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("no column 'price'");
    }

    /** Returns whether the database says before the first row that it cannot tell rows apart by a key. */
    boolean plansUpserts() {
        return false;
    }

    @Test
    void aKeyThatIsNoneIsRefusedBeforeTheFirstRow() throws Exception {
        receiver("s", "mode", "upsert", "key", "id").check();
        RowReceiver byName = receiver("s", "mode", "upsert", "key", "name");
        if (plansUpserts()) {
            assertThatThrownBy(byName::check)
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                    .hasMessageContaining("takes no upsert by name");
        } else {
            byName.check();
        }
        assertThat(taken()).isEmpty();
    }
}
