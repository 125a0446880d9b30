package io.millrace.server.postgres.type;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the text format of each type. */
final class ValueParser {

    /** Longer numbers are refused before any time goes into them. */
    private static final int NUMBER_LENGTH_MAX = 1_000;

    private ValueParser() {}

    static Object parse(DataType type, String text, ZoneId zone) {
        try {
            return value(type, text, zone);
        } catch (ArithmeticException e) {
            throw new MillraceException(
                    ErrorCode.NUMERIC_OVERFLOW, "value \"" + text + "\" is out of range for type " + type, null, e);
        } catch (NumberFormatException | DateTimeException e) {
            throw new MillraceException(
                    ErrorCode.INVALID_VALUE, "invalid input syntax for type " + type + ": \"" + text + "\"", null, e);
        }
    }

    private static Object value(DataType type, String text, ZoneId zone) {
        return switch (type) {
            case BooleanType t -> bool(text);
            case IntegerType t when t.bits() == 64 -> integer(text, Long.MIN_VALUE, Long.MAX_VALUE);
            case IntegerType t -> (int) integer(text, -1L << (t.bits() - 1), (1L << (t.bits() - 1)) - 1);
            case FloatingType t when t.bits() == 64 -> Double.parseDouble(floating(text));
            case FloatingType t -> Float.parseFloat(floating(text));
            case DecimalType t -> fit(number(text), t);
            case CharacterType t -> text;
            case BinaryType t -> bytes(text);
            case DateType t -> TemporalParser.parse(text).date();
            case TimeType t -> TemporalParser.parse(text).time();
            case TimestampType t when t.zoned() -> TemporalParser.parse(text).instant(zone);
            case TimestampType t -> TemporalParser.parse(text).timestamp();
            case IntervalType t -> interval(t, text);
            case ArrayType t -> array(t, text, zone);
            case MapType t -> document(t, text, zone);
            case RowType t -> document(t, text, zone);
        };
    }

    private static Boolean bool(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "t", "true", "y", "yes", "on", "1" -> true;
            case "f", "false", "n", "no", "off", "0" -> false;
            default -> throw new NumberFormatException();
        };
    }

    private static long integer(String text, long min, long max) {
        BigDecimal number = number(text);
        if (number.scale() > 0 && number.stripTrailingZeros().scale() > 0) {
            throw new NumberFormatException();
        }
        if (number.precision() - number.scale() > 20) {
            throw new ArithmeticException("more digits than any integer has");
        }
        long value = number.longValueExact();
        if (value < min || value > max) {
            throw new ArithmeticException("out of range");
        }
        return value;
    }

    private static BigDecimal number(String text) {
        if (text.length() > NUMBER_LENGTH_MAX) {
            throw new NumberFormatException();
        }
        return new BigDecimal(text.strip());
    }

    /** Rounds to the type's scale, half away from zero. */
    static BigDecimal fit(BigDecimal value, DecimalType type) {
        if (value.signum() != 0 && (long) value.precision() - value.scale() > type.precision() - type.scale()) {
            throw tooLarge(type);
        }
        BigDecimal scaled = value.setScale(type.scale(), RoundingMode.HALF_UP);
        if (scaled.precision() > type.precision()) {
            throw tooLarge(type);
        }
        return scaled;
    }

    private static MillraceException tooLarge(DecimalType type) {
        return new MillraceException(
                ErrorCode.NUMERIC_OVERFLOW,
                "value is out of range for type " + type,
                "it has room for " + (type.precision() - type.scale()) + " digits before the point");
    }

    private static String floating(String text) {
        String trimmed = text.strip();
        return switch (trimmed.toLowerCase(Locale.ROOT)) {
            case "nan" -> "NaN";
            case "inf", "+inf", "infinity", "+infinity" -> "Infinity";
            case "-inf", "-infinity" -> "-Infinity";
            default -> {
                // Java's own reading takes more forms, such as 1f.
                number(trimmed);
                yield trimmed;
            }
        };
    }

    /** Reads {@code \x} and pairs of hexadecimal digits, or text in which a backslash starts an escape. */
    private static byte[] bytes(String text) {
        if (text.startsWith("\\x")) {
            try {
                return HexFormat.of().parseHex(text, 2, text.length());
            } catch (IllegalArgumentException e) {
                throw new NumberFormatException();
            }
        }
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream(text.length());
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '\\') {
                out.write(raw[i]);
            } else if (i + 1 < raw.length && raw[i + 1] == '\\') {
                out.write('\\');
                i++;
            } else if (i + 3 < raw.length) {
                out.write(Integer.parseInt(new String(raw, i + 1, 3, StandardCharsets.US_ASCII), 8));
                i += 3;
            } else {
                throw new NumberFormatException();
            }
        }
        return out.toByteArray();
    }

    private static Object interval(IntervalType type, String text) {
        Intervals.Parts parts = Intervals.parse(text);
        if (type.months() && parts.rest().isZero()) {
            return Period.ofMonths(parts.months());
        }
        if (!type.months() && parts.months() == 0) {
            return parts.rest();
        }
        throw new MillraceException(
                ErrorCode.INVALID_VALUE,
                "\"" + text + "\" is no " + type,
                "an interval has either years and months or days and times");
    }

    /** A document that is {@code null} as a whole was not sent as NULL, and says nothing of the value. */
    private static Object document(DataType type, String text, ZoneId zone) {
        Object value = JsonValues.parse(type, text, zone);
        if (value == null) {
            throw new MillraceException(
                    ErrorCode.INVALID_VALUE, "a value of type " + type + " is the JSON null", "give NULL in its place");
        }
        return value;
    }

    private static Object array(ArrayType type, String text, ZoneId zone) {
        if (PostgresType.json(type)) {
            return document(type, text, zone);
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (String element : ArrayText.elements(text)) {
            values.add(element == null ? null : parse(type.element(), element, zone));
        }
        return values;
    }
}
