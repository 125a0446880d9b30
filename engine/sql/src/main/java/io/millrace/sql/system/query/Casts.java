package io.millrace.sql.system.query;

import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.sql.system.relation.ObjectName;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values as other types. */
final class Casts {

    private Casts() {}

    /** Returns the value in the form of {@link io.millrace.spi.row.JavaValues} for the type. */
    static @Nullable Object to(DataType type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (type) {
            case BooleanType t -> toBoolean(value);
            case IntegerType t when t.bits() == 64 -> toLong(value);
            case IntegerType t -> Math.toIntExact(toLong(value));
            case FloatingType t when t.bits() == 64 -> toDouble(value);
            case FloatingType t -> (float) toDouble(value);
            case DecimalType t ->
                new BigDecimal(Values.number(value).toString()).setScale(t.scale(), RoundingMode.HALF_UP);
            case CharacterType t -> cut(Values.text(value), t);
            case ArrayType t ->
                toList(value).stream()
                        .map(v -> to(t.element(), v))
                        .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
            case TimestampType t when t.zoned() -> toInstant(value);
            case TimestampType t -> LocalDateTime.ofInstant(toInstant(value), ZoneOffset.UTC);
            case DateType t ->
                value instanceof LocalDate ? value : LocalDate.ofInstant(toInstant(value), ZoneOffset.UTC);
            default -> value;
        };
    }

    private static String cut(String text, CharacterType type) {
        boolean longer = type.length() != DataType.UNBOUNDED && text.codePointCount(0, text.length()) > type.length();
        return longer ? text.substring(0, text.offsetByCodePoints(0, type.length())) : text;
    }

    private static double toDouble(Object value) {
        if (!(value instanceof String text)) {
            return Values.number(value).doubleValue();
        }
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "infinity", "inf", "+infinity", "+inf" -> Double.POSITIVE_INFINITY;
            case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Values.number(value).doubleValue();
        };
    }

    private static long toLong(Object value) {
        if (value instanceof Boolean b) {
            return b ? 1 : 0;
        }
        Number number = Values.number(value);
        if (Values.integral(number)) {
            return number.longValue();
        }
        return new BigDecimal(number.toString()).setScale(0, RoundingMode.DOWN).longValueExact();
    }

    static boolean toBoolean(Object value) {
        return switch (value) {
            case Boolean b -> b;
            case Number n -> n.longValue() != 0;
            default ->
                switch (Values.text(value).strip().toLowerCase(Locale.ROOT)) {
                    case "t", "true", "y", "yes", "on", "1" -> true;
                    case "f", "false", "n", "no", "off", "0" -> false;
                    default -> throw Failures.invalid("boolean", value);
                };
        };
    }

    static Number toNumber(String text) {
        try {
            BigDecimal number = new BigDecimal(text.strip());
            return number.scale() <= 0 && number.precision() < 19 ? (Number) number.longValueExact() : number;
        } catch (NumberFormatException e) {
            throw Failures.invalid("integer", text);
        }
    }

    static Instant toInstant(Object value) {
        try {
            return switch (value) {
                case Instant t -> t;
                case LocalDateTime t -> t.toInstant(ZoneOffset.UTC);
                case LocalDate t -> t.atStartOfDay().toInstant(ZoneOffset.UTC);
                default -> {
                    byte[] text = Values.text(value).getBytes(StandardCharsets.UTF_8);
                    yield JavaValues.instant(SqlText.parseInstant(text, 0, text.length, ZoneOffset.UTC));
                }
            };
        } catch (RowFailure e) {
            throw Failures.invalid("timestamp", value);
        }
    }

    /** Returns an array: the value, a PostgreSQL array literal such as {@code {a,"b c",NULL}}, or text of numbers. */
    static List<? extends @Nullable Object> toList(Object value) {
        return value instanceof List<?> list
                ? list
                : parseList(Values.text(value).strip());
    }

    private static List<@Nullable Object> parseList(String text) {
        List<@Nullable Object> elements = new ArrayList<>();
        if (!text.startsWith("{") || !text.endsWith("}")) {
            throw Failures.invalid("array", text);
        }
        StringBuilder element = new StringBuilder();
        boolean quoted = false;
        boolean inQuotes = false;
        String body = text.substring(1, text.length() - 1);
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c == '\\' && i + 1 < body.length()) {
                element.append(body.charAt(++i));
            } else if (c == '"') {
                inQuotes = !inQuotes;
                quoted = true;
            } else if (c == ',' && !inQuotes) {
                elements.add(element(element, quoted));
                element.setLength(0);
                quoted = false;
            } else {
                element.append(c);
            }
        }
        if (!body.isBlank()) {
            elements.add(element(element, quoted));
        }
        return elements;
    }

    private static @Nullable Object element(StringBuilder text, boolean quoted) {
        return !quoted && text.toString().equalsIgnoreCase("NULL") ? null : text.toString();
    }

    /** Returns the number of what a {@code regclass} or its like stands for. */
    static long oid(Object value) {
        return value instanceof ObjectName name
                ? name.oid()
                : Values.number(value).longValue();
    }
}
