package io.millrace.sql.system.query;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions that answer with rows: in FROM, and in a SELECT list, where each row gives a row. */
final class TableFunctions {

    /**
     * A function of several rows.
     *
     * @param columns names of the columns of its rows
     */
    record TableFunction(List<String> columns, TypeRule type, Rows rows) {

        /** The type of a column, from those of the arguments. */
        @FunctionalInterface
        interface TypeRule {
            DataType of(List<Expression> arguments, int column);
        }

        @FunctionalInterface
        interface Rows {
            List<@Nullable Object[]> of(@Nullable Object[] arguments);
        }
    }

    private static final Map<String, TableFunction> ALL = Map.of(
            "generate_series",
            new TableFunction(List.of("generate_series"), TableFunctions::numbers, TableFunctions::series),
            "generate_subscripts",
            new TableFunction(
                    List.of("generate_subscripts"),
                    (arguments, column) -> DataType.INTEGER,
                    TableFunctions::subscripts),
            "unnest",
            new TableFunction(
                    List.of("unnest"),
                    (arguments, column) -> Types.element(arguments.getFirst().type()),
                    TableFunctions::elements),
            "_pg_expandarray",
            new TableFunction(List.of("x", "n"), (arguments, column) -> DataType.INTEGER, TableFunctions::numbered),
            "pg_get_keywords",
            empty("word", "catcode", "barelabel", "catdesc", "baredesc"),
            "aclexplode",
            empty("grantor", "grantee", "privilege_type", "is_grantable"),
            "pg_options_to_table",
            empty("option_name", "option_value"));

    /** Most rows of {@code generate_series}: this is a catalog, whose answers are held in memory. */
    static final long SERIES_ROWS_MAX = 1_000_000;

    private TableFunctions() {}

    static @Nullable TableFunction find(String name) {
        return ALL.get(name);
    }

    private static TableFunction empty(String... columns) {
        return new TableFunction(List.of(columns), (arguments, column) -> DataType.VARCHAR, arguments -> List.of());
    }

    private static DataType numbers(List<Expression> arguments, int column) {
        boolean wide = arguments.stream().anyMatch(argument -> argument.type().equals(DataType.BIGINT));
        return wide ? DataType.BIGINT : DataType.INTEGER;
    }

    private static List<@Nullable Object[]> series(@Nullable Object[] arguments) {
        if (java.util.Arrays.stream(arguments).anyMatch(java.util.Objects::isNull)) {
            return List.of();
        }
        boolean wide = java.util.Arrays.stream(arguments).anyMatch(Long.class::isInstance);
        long first = number(arguments[0]);
        long last = number(arguments[1]);
        long step = arguments.length > 2 ? number(arguments[2]) : 1;
        if (step == 0) {
            throw new MillraceException(ErrorCode.INVALID_VALUE, "the step of a series is zero");
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        java.math.BigInteger more = java.math.BigInteger.valueOf(last)
                .subtract(java.math.BigInteger.valueOf(first))
                .divide(java.math.BigInteger.valueOf(step));
        boolean some = step > 0 ? first <= last : first >= last;
        if (some && more.compareTo(java.math.BigInteger.valueOf(SERIES_ROWS_MAX)) >= 0) {
            throw new MillraceException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "generate_series from " + first + " to " + last + " has more than " + SERIES_ROWS_MAX + " rows");
        }
        for (long i = 0; some && i <= more.longValueExact(); i++) {
            long value = first + i * step;
            rows.add(new @Nullable Object[] {wide ? (Object) value : (Object) Math.toIntExact(value)});
        }
        return rows;
    }

    private static long number(@Nullable Object argument) {
        return Values.number(java.util.Objects.requireNonNull(argument)).longValue();
    }

    private static List<@Nullable Object[]> elements(@Nullable Object[] arguments) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        if (arguments[0] != null) {
            Casts.toList(arguments[0]).forEach(element -> rows.add(new @Nullable Object[] {element}));
        }
        return rows;
    }

    /** Arrays have one dimension here, and begin with 1. */
    private static List<@Nullable Object[]> subscripts(@Nullable Object[] arguments) {
        int count = elements(arguments).size();
        return series(new @Nullable Object[] {1, count});
    }

    private static List<@Nullable Object[]> numbered(@Nullable Object[] arguments) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (@Nullable Object[] element : elements(arguments)) {
            rows.add(new @Nullable Object[] {element[0], rows.size() + 1});
        }
        return rows;
    }
}
