package io.millrace.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Options;
import io.millrace.spi.connector.Relation;
import io.millrace.spi.connector.RelationScan;
import io.millrace.spi.connector.RelationSetup;
import io.millrace.spi.connector.RowCondition;
import io.millrace.spi.connector.RowCondition.All;
import io.millrace.spi.connector.RowCondition.Any;
import io.millrace.spi.connector.RowCondition.Compared;
import io.millrace.spi.connector.RowCondition.Comparison;
import io.millrace.spi.connector.RowCondition.NotNull;
import io.millrace.spi.connector.RowCondition.Null;
import io.millrace.spi.connector.RowCondition.OneOf;
import io.millrace.spi.connector.RowLookup;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What tables of every database are to a query. */
abstract class ReadContract {

    /** The columns that every database has alike, as they are declared here. */
    static final RowType COLUMNS = RowType.of(
            Field.nullable("id", DataType.BIGINT),
            Field.nullable("n", DataType.BIGINT),
            Field.nullable("price", new DecimalType(20, 4)),
            Field.nullable("score", DataType.DOUBLE),
            Field.nullable("name", DataType.VARCHAR),
            Field.nullable("born", DataType.DATE),
            Field.nullable("seen", DataType.TIMESTAMP));

    private static final List<String> NAMES =
            List.of("a", "A", "ab", "Z", "é", "☃", "𝄞", "", "it's", "a?b", " a", "a ");

    private final Random random = new Random(Long.getLong("seed", System.nanoTime()));

    abstract String url() throws Exception;

    Connection connect() throws Exception {
        return DriverManager.getConnection(url());
    }

    void execute(String... statements) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    String text() {
        return "VARCHAR(100)";
    }

    @BeforeEach
    void fill() throws Exception {
        StringBuilder rows = new StringBuilder();
        for (int id = 0; id < 300; id++) {
            rows.append(id == 0 ? "" : ", ").append(row(id));
        }
        execute(
                "CREATE TABLE things (id BIGINT NOT NULL, n INTEGER, price DECIMAL(20, 4), score DOUBLE PRECISION,"
                        + " name "
                        + text() + ", born DATE, seen TIMESTAMP)",
                "INSERT INTO things VALUES " + rows);
    }

    private String row(int id) {
        return "(" + id + ", " + or(String.valueOf(random.nextInt(7) - 3)) + ", "
                + or(BigDecimal.valueOf(random.nextInt(9) - 4, 1).toPlainString()) + ", "
                + or(String.valueOf(random.nextInt(9) / 4.0 - 1)) + ", "
                + or("'" + NAMES.get(random.nextInt(NAMES.size())).replace("'", "''") + "'") + ", "
                + or("'2026-01-0" + (1 + random.nextInt(5)) + "'") + ", "
                + or("'2026-01-0" + (1 + random.nextInt(5)) + " 01:02:03.5'") + ")";
    }

    private String or(String value) {
        return random.nextInt(6) == 0 ? "NULL" : value;
    }

    Relation table(String... options) throws Exception {
        Map<String, String> all = new TreeMap<>(Map.of("table", "things"));
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        return new DatabaseTables()
                .open(new RelationSetup("things", url(), new Options(all), ReadContract::nothing, place -> nothing()));
    }

    private static <T> T nothing() {
        throw new AssertionError("a database has no files of ours");
    }

    static List<List<@Nullable Object>> read(RelationScan scan, RowType type) throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (scan) {
            for (RowBatch batch = scan.next(); batch != null; batch = scan.next()) {
                for (int i = 0; i < batch.size(); i++) {
                    rows.add(JavaValues.row(batch, i));
                }
            }
        }
        return rows;
    }

    List<List<@Nullable Object>> read(RowType type, RowCondition... conditions) throws Exception {
        return read(table("fetch_rows", "7").scan(type, List.of(conditions), List.of()), type);
    }

    String asked(RowCondition... conditions) throws Exception {
        try (RelationScan scan = table().scan(COLUMNS, List.of(conditions), List.of())) {
            return scan.asked();
        }
    }

    @Test
    void itsColumnsAreThoseOfTheDatabase() throws Exception {
        RowType found = table().columns();
        assertThat(found.fields().stream().map(field -> field.name().toLowerCase(java.util.Locale.ROOT)))
                .containsExactly("id", "n", "price", "score", "name", "born", "seen");
        List<List<@Nullable Object>> rows = read(found);
        assertThat(rows).hasSize(300);
    }

    @Test
    void onlyWantedColumnsAreAskedFor() throws Exception {
        RowType some = COLUMNS.project(4, 0);
        try (RelationScan scan = table().scan(some, List.of(), List.of())) {
            assertThat(scan.asked()).containsIgnoringCase("name").doesNotContainIgnoringCase("price");
        }
        assertThat(read(some)).hasSize(300).allSatisfy(row -> assertThat(row).hasSize(2));
        assertThat(read(new RowType(List.of()))).hasSize(300);
    }

    @Test
    void noConditionLeavesOutARowThatFulfilsIt() throws Exception {
        List<List<@Nullable Object>> all = read(COLUMNS);
        int pushed = 0;
        for (int i = 0; i < 80; i++) {
            RowCondition condition = condition(2);
            List<List<@Nullable Object>> rows = read(COLUMNS, condition);
            List<List<@Nullable Object>> wanted =
                    all.stream().filter(row -> holds(condition, row)).toList();
            assertThat(rows).as("%s", condition).containsAll(wanted);
            pushed += rows.size() < all.size() ? 1 : 0;
        }
        assertThat(pushed).isGreaterThan(25);
    }

    private RowCondition condition(int depth) {
        int kind = random.nextInt(depth == 0 ? 5 : 8);
        String column = COLUMNS.field(random.nextInt(COLUMNS.size())).name();
        return switch (kind) {
            case 0 -> new Null(column);
            case 1 -> new NotNull(column);
            case 2 -> new OneOf(column, List.of(constant(column), constant(column), constant(column)));
            case 3, 4 -> {
                Comparison[] comparisons = Comparison.values();
                yield new Compared(column, comparisons[random.nextInt(comparisons.length)], constant(column));
            }
            case 5 -> new All(List.of(condition(depth - 1), condition(depth - 1)));
            default -> new Any(List.of(condition(depth - 1), condition(depth - 1)));
        };
    }

    private Object constant(String column) {
        return switch (column) {
            case "id" -> (long) random.nextInt(300);
            case "n" -> random.nextBoolean() ? (Object) (long) (random.nextInt(7) - 3) : new BigDecimal("0.5");
            case "price" -> BigDecimal.valueOf(random.nextInt(9) - 4, 1);
            case "score" -> random.nextInt(9) / 4.0 - 1;
            case "name" -> NAMES.get(random.nextInt(NAMES.size()));
            case "born" -> LocalDate.of(2026, 1, 1 + random.nextInt(5));
            default -> LocalDateTime.of(2026, 1, 1 + random.nextInt(5), 1, 2, 3, 500_000_000);
        };
    }

    private static boolean holds(RowCondition condition, List<@Nullable Object> row) {
        return switch (condition) {
            case All all -> all.parts().stream().allMatch(part -> holds(part, row));
            case Any any -> any.parts().stream().anyMatch(part -> holds(part, row));
            case Null isNull -> row.get(COLUMNS.indexOf(isNull.column())) == null;
            case NotNull notNull -> row.get(COLUMNS.indexOf(notNull.column())) != null;
            case OneOf oneOf ->
                oneOf.values().stream()
                        .anyMatch(value -> holds(new Compared(oneOf.column(), Comparison.EQUAL, value), row));
            case Compared compared -> {
                Object value = row.get(COLUMNS.indexOf(compared.column()));
                yield value != null && stands(compared.comparison(), order(value, compared.value()));
            }
        };
    }

    private static boolean stands(Comparison comparison, int order) {
        return switch (comparison) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    private static int order(Object value, Object other) {
        return switch (value) {
            case String text ->
                Arrays.compareUnsigned(
                        text.getBytes(StandardCharsets.UTF_8), ((String) other).getBytes(StandardCharsets.UTF_8));
            case Number number -> new BigDecimal(number.toString()).compareTo(new BigDecimal(other.toString()));
            case LocalDate day -> day.compareTo((LocalDate) other);
            case LocalDateTime time -> time.compareTo((LocalDateTime) other);
            default -> throw new IllegalArgumentException(value.toString());
        };
    }

    @Test
    void lookupsGiveAllRowsOfTheirKeys() throws Exception {
        List<List<@Nullable Object>> all = read(COLUMNS);
        for (List<String> columns :
                List.of(List.of("id"), List.of("name"), List.of("n", "name"), List.of("seen", "n"))) {
            RowType keyType =
                    COLUMNS.project(columns.stream().mapToInt(COLUMNS::indexOf).toArray());
            try (RowLookup lookup = table().lookup(COLUMNS, columns)) {
                for (int size : new int[] {1, 2, 3, 50, RowLookup.KEYS_MAX}) {
                    RowBatch keys = RowBatch.create(keyType, size);
                    for (int i = 0; i < size; i++) {
                        JavaValues.append(keys, columns.stream().map(this::key).toList());
                    }
                    assertFound(all, columns, keys, lookup.find(keys));
                }
            }
        }
    }

    private Object key(String column) {
        Object value = constant(column);
        return value instanceof BigDecimal ? (Object) 1L : value;
    }

    private static void assertFound(
            List<List<@Nullable Object>> all, List<String> columns, RowBatch keys, RowBatch found) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            rows.add(JavaValues.row(found, i));
        }
        List<List<@Nullable Object>> wanted = all.stream()
                .filter(row -> {
                    List<@Nullable Object> key = new ArrayList<>();
                    columns.forEach(column -> key.add(row.get(COLUMNS.indexOf(column))));
                    for (int i = 0; i < keys.size(); i++) {
                        if (JavaValues.row(keys, i).equals(key)) {
                            return true;
                        }
                    }
                    return false;
                })
                .toList();
        assertThat(rows).as("%s", columns).containsAll(wanted).doesNotHaveDuplicates();
    }

    @Test
    void numbersAndEqualTextAreLeftToTheDatabase() throws Exception {
        RowCondition condition = new All(List.of(
                new Compared("n", Comparison.GREATER, -2L),
                new Any(List.of(new OneOf("name", List.of("a", "it's")), new Null("name")))));
        assertThat(asked(condition))
                .containsPattern("(?i).n.* > \\? AND .*name.* IN \\(\\?, \\?\\) OR .*name.* IS NULL");
        assertThat(asked(condition)).endsWith(", with -2, 'a', 'it''s'");
    }

    @Test
    void aListThatIsTooLongIsTestedHere() throws Exception {
        List<Object> many = new ArrayList<>();
        for (long i = 0; i < 1200; i++) {
            many.add(i);
        }
        assertThat(asked(new OneOf("id", many.subList(0, 1001)))).doesNotContain("WHERE");
        assertThat(read(COLUMNS, new OneOf("id", many.subList(5, 1000)))).hasSize(295);
    }

    private static final Map<String, List<Object>> FAR = Map.of(
            "id", List.of(Long.MIN_VALUE, new BigDecimal("1" + "0".repeat(30)), new BigDecimal("0.5")),
            "n", List.of(5_000_000_000L, -5_000_000_000L, new BigDecimal("1" + "0".repeat(30))),
            "price", List.of(new BigDecimal("1" + "0".repeat(30)), new BigDecimal("0.00000001")),
            "score", List.of(-0.0, 0.0, Double.MAX_VALUE, Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY),
            "name", List.of("a\0", "\0", "\uD834", "x".repeat(100_000)),
            "born", List.of(LocalDate.of(-20_000, 1, 1), LocalDate.of(20_000, 1, 1), LocalDate.of(5_000_000, 1, 1)),
            "seen",
                    List.of(
                            LocalDateTime.of(-20_000, 1, 1, 0, 0),
                            LocalDateTime.of(20_000, 1, 1, 0, 0),
                            LocalDateTime.of(294_200, 1, 1, 0, 0)));

    @Test
    void constantsThatNoColumnHoldsAreCompared() throws Exception {
        execute("UPDATE things SET score = -0.0 WHERE id < 20");
        List<List<@Nullable Object>> all = read(COLUMNS);
        for (String column : FAR.keySet()) {
            for (Object constant : FAR.get(column)) {
                for (Comparison comparison : List.of(Comparison.EQUAL, Comparison.LESS_OR_EQUAL)) {
                    RowCondition condition = new Compared(column, comparison, constant);
                    if (constant instanceof Double d && !Double.isFinite(d)) {
                        read(COLUMNS, condition);
                        continue;
                    }
                    assertThat(read(COLUMNS, condition))
                            .as("%s", condition)
                            .containsAll(all.stream()
                                    .filter(row -> holds(condition, row))
                                    .toList());
                }
            }
        }
    }

    @Test
    void keysThatNoColumnHoldsAreMissing() throws Exception {
        for (String column : List.of("id", "n", "score", "name")) {
            DataType type = column.equals("n")
                    ? DataType.BIGINT
                    : COLUMNS.field(COLUMNS.indexOf(column)).type();
            for (Object constant : FAR.get(column)) {
                if (constant instanceof BigDecimal || constant.equals(0.0) || constant.equals(-0.0)) {
                    continue;
                }
                RowBatch keys = RowBatch.create(RowType.of(Field.nullable(column, type)), 1);
                JavaValues.append(keys, List.of(constant));
                try (RowLookup lookup = table().lookup(COLUMNS, List.of(column))) {
                    assertThat(lookup.find(keys).size()).as("%s", constant).isZero();
                }
            }
        }
    }

    @Test
    void textMayBeWantedOfAnyColumn() throws Exception {
        RowType texts = new RowType(COLUMNS.fields().stream()
                .map(field -> Field.nullable(field.name(), DataType.VARCHAR))
                .toList());
        assertThat(read(texts))
                .hasSize(300)
                .allSatisfy(row -> assertThat(row.getFirst()).isInstanceOf(String.class));
    }

    @Test
    void otherColumnsAndTypesAreRefused() {
        assertThatThrownBy(() -> read(RowType.of(Field.nullable("nope", DataType.BIGINT))))
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.UNDEFINED_COLUMN);
                    assertThat(e).hasMessageContaining("has no column 'nope', only");
                });
        assertThatThrownBy(() -> read(RowType.of(Field.nullable("name", DataType.BIGINT))))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TYPE_MISMATCH));
    }

    @Test
    void aValueThatDoesNotFitIsRefusedAndNotRounded() {
        assertThatThrownBy(() -> read(RowType.of(Field.nullable("price", new DecimalType(20, 0)))))
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.INVALID_VALUE);
                    assertThat(e).hasMessageContaining("column 'price' has a value that is no DECIMAL(20, 0)");
                });
    }

    @Test
    void aTableThatIsNotThereIsAFailureOfTheDatabase() throws Exception {
        Relation missing = table("table", "nothing_of_that_name");
        assertThatThrownBy(missing::columns)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nothing_of_that_name");
        assertThatThrownBy(() -> missing.scan(COLUMNS, List.of(), List.of())).isInstanceOf(IOException.class);
    }

    @Test
    void connectionsAreGivenBack() throws Exception {
        for (int i = 0; i < 25; i++) {
            try (RelationScan scan = table().scan(COLUMNS, List.of(), List.of())) {
                assertThat(scan.next()).isNotNull();
            }
        }
        try (Connection connection = connect()) {
            assertThat(connection.isValid(5)).isTrue();
        } catch (SQLException e) {
            throw new AssertionError("no connection is left", e);
        }
    }
}
