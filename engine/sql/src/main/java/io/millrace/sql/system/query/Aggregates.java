package io.millrace.sql.system.query;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Functions of a group of rows. */
final class Aggregates {

    private static final Set<String> NAMES = Set.of(
            "count",
            "sum",
            "avg",
            "min",
            "max",
            "string_agg",
            "listagg",
            "array_agg",
            "bool_and",
            "bool_or",
            "every",
            "some",
            "any_value");

    private Aggregates() {}

    static boolean contains(String name) {
        return NAMES.contains(name.toLowerCase(Locale.ROOT));
    }

    static DataType type(String name, List<Expression> arguments) {
        return switch (name) {
            case "count" -> DataType.BIGINT;
            case "string_agg", "listagg" -> DataType.VARCHAR;
            case "bool_and", "bool_or", "every", "some" -> DataType.BOOLEAN;
            case "array_agg" -> new ArrayType(arguments.getFirst().type(), true);
            case "avg" -> DataType.DOUBLE;
            case "sum" -> Types.wider(DataType.BIGINT, arguments.getFirst().type());
            default -> arguments.getFirst().type();
        };
    }

    /**
     * Computes a value.
     *
     * @param values the first argument of each row
     * @param separator between the texts of {@code string_agg}
     */
    static @Nullable Object of(String name, List<@Nullable Object> values, String separator) {
        if (name.equals("array_agg")) {
            return values.isEmpty() ? null : new ArrayList<>(values);
        }
        List<Object> known = new ArrayList<>();
        for (Object value : values) {
            if (value != null) {
                known.add(value);
            }
        }
        if (name.equals("count")) {
            return (long) known.size();
        }
        return known.isEmpty() ? null : ofKnown(name, known, separator);
    }

    private static Object ofKnown(String name, List<Object> values, String separator) {
        return switch (name) {
            case "sum" -> sum(values);
            case "avg" ->
                new BigDecimal(sum(values).toString())
                        .divide(BigDecimal.valueOf(values.size()), MathContext.DECIMAL64)
                        .doubleValue();
            case "min" ->
                Objects.requireNonNull(values.stream().min(Values::compare).orElse(null));
            case "max" ->
                Objects.requireNonNull(values.stream().max(Values::compare).orElse(null));
            case "bool_and", "every" -> values.stream().allMatch(Casts::toBoolean);
            case "bool_or", "some" -> values.stream().anyMatch(Casts::toBoolean);
            case "string_agg", "listagg" -> values.stream().map(Values::text).collect(Collectors.joining(separator));
            default -> values.getFirst();
        };
    }

    private static Number sum(List<Object> values) {
        BigDecimal sum = BigDecimal.ZERO;
        boolean integral = true;
        for (Object value : values) {
            Number number = Values.number(value);
            integral &= Values.integral(number);
            sum = sum.add(new BigDecimal(number.toString()));
        }
        return integral ? (Number) sum.longValueExact() : sum;
    }
}
