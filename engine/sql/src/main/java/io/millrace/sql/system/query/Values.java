package io.millrace.sql.system.query;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType;
import io.millrace.sql.system.relation.ObjectName;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How values of different kinds meet. A text that meets a number, a truth value or an array is read as one, for it was a
 * literal or a parameter.
 */
final class Values {

    private Values() {}

    /** Compares two values that are not NULL. */
    static int compare(Object a, Object b) {
        if (a instanceof String s && b instanceof String t) {
            return s.compareTo(t);
        }
        if (a instanceof ObjectName || b instanceof ObjectName) {
            return compareNames(a, b);
        }
        if (a instanceof Number || b instanceof Number) {
            return compareNumbers(number(a), number(b));
        }
        if (a instanceof Boolean || b instanceof Boolean) {
            return Boolean.compare(Casts.toBoolean(a), Casts.toBoolean(b));
        }
        if (a instanceof List<?> || b instanceof List<?>) {
            return compareLists(Casts.toList(a), Casts.toList(b));
        }
        if (a instanceof Instant || b instanceof Instant) {
            return Casts.toInstant(a).compareTo(Casts.toInstant(b));
        }
        return text(a).compareTo(text(b));
    }

    private static int compareNames(Object a, Object b) {
        if (a instanceof ObjectName x && b instanceof ObjectName y) {
            return x.oid() != 0 && y.oid() != 0
                    ? Long.compare(x.oid(), y.oid())
                    : x.name().compareTo(y.name());
        }
        Object name = a instanceof ObjectName ? b : a;
        if (name instanceof Number) {
            return compareNumbers(number(a), number(b));
        }
        return text(a).compareTo(text(b));
    }

    private static int compareNumbers(Number a, Number b) {
        if (integral(a) && integral(b)) {
            return Long.compare(a.longValue(), b.longValue());
        }
        if (a instanceof BigDecimal || b instanceof BigDecimal) {
            return new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString()));
        }
        return Double.compare(a.doubleValue(), b.doubleValue());
    }

    private static int compareLists(List<?> a, List<?> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            Object x = a.get(i);
            Object y = b.get(i);
            int order = x == null || y == null ? Boolean.compare(x == null, y == null) : compare(x, y);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    static boolean integral(Number number) {
        return number instanceof Long || number instanceof Integer || number instanceof Short;
    }

    /** Returns whether two values are equal; null where one is NULL. */
    static @Nullable Boolean equal(@Nullable Object a, @Nullable Object b) {
        return (a == null || b == null) ? null : compare(a, b) == 0;
    }

    static @Nullable Boolean truth(@Nullable Object value) {
        return value == null ? null : value instanceof Boolean b ? b : Casts.toBoolean(value);
    }

    static Number number(Object value) {
        return switch (value) {
            case Number n -> n;
            case ObjectName name -> name.oid();
            default -> Casts.toNumber(text(value));
        };
    }

    /** Returns a value that is equal, in Java's sense, for equal values of one type: for hashing and grouping. */
    static @Nullable Object key(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case BigDecimal n -> n.stripTrailingZeros();
            case Number n when integral(n) -> n.longValue();
            case Number n -> n.doubleValue();
            case ObjectName name -> name.oid();
            case List<?> list -> list.stream().map(Values::nullableKey).collect(Collectors.toList());
            default -> value;
        };
    }

    private static Object nullableKey(@Nullable Object value) {
        Object key = key(value);
        return key == null ? Map.of() : key;
    }

    /** Returns a value as PostgreSQL writes it. */
    static String text(Object value) {
        return switch (value) {
            case String s -> s;
            case Boolean b -> b ? "true" : "false";
            case List<?> list -> list.stream().map(Values::element).collect(Collectors.joining(",", "{", "}"));
            case BigDecimal n -> n.toPlainString();
            case Instant t -> t.toString().replace('T', ' ').replace("Z", "+00");
            case Double d -> number(DataType.DOUBLE, d);
            case Float f -> number(DataType.REAL, f);
            default -> value.toString();
        };
    }

    /** Returns the text that the runtime gives a number. */
    private static String number(DataType type, Object value) {
        Column column = Column.create(type, 1);
        JavaValues.set(type, column, 0, value);
        StringBuilder text = new StringBuilder();
        SqlText.append(type, column, 0, ZoneOffset.UTC, text);
        return text.toString();
    }

    private static String element(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        String text = value instanceof Boolean b ? (b ? "t" : "f") : text(value);
        boolean plain = !text.isEmpty()
                && !text.toLowerCase(Locale.ROOT).equals("null")
                && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\\' || c == '{' || c == '}' || c == ' ');
        return plain || value instanceof List<?>
                ? text
                : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
