package io.millrace.spi.row;

import io.millrace.spi.error.RowFailure;
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
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;

/**
 * The canonical text of values: what {@code CAST(x AS VARCHAR)} gives and {@code CAST(text AS type)} reads. It
 * is PostgreSQL's.
 *
 * <table>
 * <caption>Examples</caption>
 * <tr><td>BOOLEAN</td><td>{@code true}</td></tr>
 * <tr><td>integers, DECIMAL</td><td>{@code -12}, {@code 12.50}</td></tr>
 * <tr><td>REAL, DOUBLE</td><td>{@code 1}, {@code 0.1}, {@code 1e+20}, {@code NaN}, {@code -Infinity}</td></tr>
 * <tr><td>VARBINARY</td><td>{@code \x00ff}</td></tr>
 * <tr><td>DATE, TIME</td><td>{@code 2026-01-31}, {@code 13:45:01.5}</td></tr>
 * <tr><td>TIMESTAMP</td><td>{@code 2026-01-31 13:45:01.5}</td></tr>
 * <tr><td>TIMESTAMP WITH LOCAL TIME ZONE</td><td>{@code 2026-01-31 13:45:01+00}</td></tr>
 * <tr><td>INTERVAL</td><td>{@code 1 year 2 mons}, {@code 1 day 02:03:04}</td></tr>
 * <tr><td>ARRAY, ROW</td><td>{@code {1,NULL,"a b"}}, {@code (1,,"a b")}</td></tr>
 * <tr><td>MAP</td><td>{@code "a"=>"1", "b"=>NULL}</td></tr>
 * </table>
 *
 * <p>Reading accepts blanks around a value (not around text) and throws {@link RowFailure} with {@code
 * INVALID_VALUE} for what does not read as the type and {@code NUMERIC_OVERFLOW} for what does not fit it.
 * There are methods for a cell of any type, and for each kind of value for those who know it beforehand.
 */
public final class SqlText {

    private SqlText() {}

    /**
     * Appends the text of a cell that is not NULL.
     *
     * @param zone the zone in which instants are shown
     */
    public static void append(DataType type, Column column, int row, ZoneId zone, Utf8Buffer out) {
        switch (type) {
            case BooleanType t -> append(((BooleanColumn) column).get(row), out);
            case IntegerType t when t.bits() == 64 -> out.append(((LongColumn) column).get(row));
            case IntegerType t -> out.append(((IntColumn) column).get(row));
            case FloatingType t when t.bits() == 64 -> append(((DoubleColumn) column).get(row), out);
            case FloatingType t -> append(((FloatColumn) column).get(row), out);
            case DecimalType t
            when column instanceof Decimal128Column wide -> append(new BigDecimal(wide.get(row), t.scale()), out);
            case DecimalType t -> appendDecimal(((LongColumn) column).get(row), t.scale(), out);
            case CharacterType t -> appendBytes((BytesColumn) column, row, out);
            case BinaryType t -> {
                BytesColumn bytes = (BytesColumn) column;
                appendBinary(bytes.data(), bytes.starts()[row], bytes.ends()[row], out);
            }
            case DateType t -> appendDate(((IntColumn) column).get(row), out);
            case TimeType t -> appendTime(((LongColumn) column).get(row), out);
            case TimestampType t when t.zoned() -> appendInstant(((LongColumn) column).get(row), zone, out);
            case TimestampType t -> appendTimestamp(((LongColumn) column).get(row), out);
            case IntervalType t when t.months() -> appendMonths(((IntColumn) column).get(row), out);
            case IntervalType t -> appendInterval(((LongColumn) column).get(row), out);
            case ArrayType t -> NestedText.array(t, (ArrayColumn) column, row, zone, out);
            case MapType t -> NestedText.map(t, (ArrayColumn) column, row, zone, out);
            case RowType t -> NestedText.row(t, (RowColumn) column, row, zone, out);
        }
    }

    /** Appends the text of a cell that is not NULL. */
    public static void append(DataType type, Column column, int row, ZoneId zone, StringBuilder out) {
        Utf8Buffer buffer = new Utf8Buffer();
        append(type, column, row, zone, buffer);
        out.append(buffer);
    }

    private static void appendBytes(BytesColumn column, int row, Utf8Buffer out) {
        out.append(column.data(), column.starts()[row], column.ends()[row]);
    }

    public static void append(boolean value, Utf8Buffer out) {
        out.append(value ? "true" : "false");
    }

    public static void append(double value, Utf8Buffer out) {
        NumberText.append(value, out);
    }

    public static void append(float value, Utf8Buffer out) {
        NumberText.append(value, out);
    }

    public static void append(BigDecimal value, Utf8Buffer out) {
        out.append(value.toPlainString());
    }

    public static void appendDecimal(long unscaled, int scale, Utf8Buffer out) {
        NumberText.append(unscaled, scale, out);
    }

    public static void appendBinary(byte[] bytes, int start, int end, Utf8Buffer out) {
        out.append("\\x");
        for (int i = start; i < end; i++) {
            out.append(Character.forDigit((bytes[i] >> 4) & 15, 16)).append(Character.forDigit(bytes[i] & 15, 16));
        }
    }

    public static void appendDate(int epochDay, Utf8Buffer out) {
        TimeText.date(epochDay, out);
    }

    public static void appendTime(long microsOfDay, Utf8Buffer out) {
        TimeText.time(microsOfDay, out);
    }

    public static void appendTimestamp(long micros, Utf8Buffer out) {
        TimeText.timestamp(micros, out);
    }

    public static void appendInstant(long micros, ZoneId zone, Utf8Buffer out) {
        TimeText.instant(micros, zone, out);
    }

    public static void appendMonths(int months, Utf8Buffer out) {
        TimeText.months(months, out);
    }

    public static void appendInterval(long micros, Utf8Buffer out) {
        TimeText.interval(micros, out);
    }

    /**
     * Sets a cell to what the text says, growing the column where needed. Text of ARRAY, MAP and ROW is not
     * read. Character and binary values are cut or padded to their type's length.
     *
     * @param zone the zone of instants that come without an offset
     */
    public static void parse(DataType type, byte[] text, int start, int end, ZoneId zone, Column column, int row) {
        column.ensureCapacity(row + 1);
        column.clearNull(row);
        switch (type) {
            case BooleanType t -> ((BooleanColumn) column).set(row, parseBoolean(text, start, end));
            case IntegerType t
            when t.bits() == 64 -> ((LongColumn) column).set(row, parseInteger(text, start, end, 64));
            case IntegerType t -> ((IntColumn) column).set(row, (int) parseInteger(text, start, end, t.bits()));
            case FloatingType t when t.bits() == 64 -> ((DoubleColumn) column).set(row, parseDouble(text, start, end));
            case FloatingType t -> ((FloatColumn) column).set(row, parseReal(text, start, end));
            case DecimalType t -> setDecimal(parseDecimal(text, start, end, t), column, row);
            case CharacterType t -> Lengths.setText(t, text, start, end, (BytesColumn) column, row);
            case BinaryType t -> Lengths.setBinary(t, parseBinary(text, start, end), (BytesColumn) column, row);
            case DateType t -> ((IntColumn) column).set(row, parseDate(text, start, end));
            case TimeType t -> ((LongColumn) column).set(row, Lengths.time(parseTime(text, start, end), t.precision()));
            case TimestampType t -> {
                long micros = t.zoned() ? parseInstant(text, start, end, zone) : parseTimestamp(text, start, end);
                ((LongColumn) column).set(row, Lengths.time(micros, t.precision()));
            }
            case IntervalType t when t.months() -> ((IntColumn) column).set(row, parseMonths(text, start, end));
            case IntervalType t -> ((LongColumn) column).set(row, parseInterval(text, start, end));
            case ArrayType t -> throw NumberText.invalid(text, start, end, "readable as " + t);
            case MapType t -> throw NumberText.invalid(text, start, end, "readable as " + t);
            case RowType t -> throw NumberText.invalid(text, start, end, "readable as " + t);
        }
    }

    /** Sets a cell to what the text says. */
    public static void parse(DataType type, String text, ZoneId zone, Column column, int row) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        parse(type, bytes, 0, bytes.length, zone, column, row);
    }

    private static void setDecimal(BigDecimal value, Column column, int row) {
        if (column instanceof Decimal128Column wide) {
            wide.set(row, value.unscaledValue());
        } else {
            ((LongColumn) column).set(row, value.unscaledValue().longValueExact());
        }
    }

    /** Reads true, false, yes, no, on, off, 1, 0 and beginnings of the words, whatever the case. */
    public static boolean parseBoolean(byte[] text, int start, int end) {
        return switch (NumberText.word(text, start, end).toLowerCase(java.util.Locale.ROOT)) {
            case "true", "tru", "tr", "t", "yes", "ye", "y", "on", "1" -> true;
            case "false", "fals", "fal", "fa", "f", "no", "n", "off", "of", "0" -> false;
            default -> throw NumberText.invalid(text, start, end, "a truth value");
        };
    }

    /** Reads an integer that fits so many bits: 8, 16, 32 or 64. */
    public static long parseInteger(byte[] text, int start, int end, int bits) {
        return NumberText.integer(text, start, end, bits);
    }

    public static double parseDouble(byte[] text, int start, int end) {
        return NumberText.floating(text, start, end, false);
    }

    public static float parseReal(byte[] text, int start, int end) {
        return (float) NumberText.floating(text, start, end, true);
    }

    /** Reads a decimal, rounded half away from zero to the type's scale. */
    public static BigDecimal parseDecimal(byte[] text, int start, int end, DecimalType type) {
        return NumberText.decimal(text, start, end, type);
    }

    /** Reads {@code \x} and hexadecimal digits; other text gives its UTF-8 bytes. */
    public static byte[] parseBinary(byte[] text, int start, int end) {
        return Lengths.binary(text, start, end);
    }

    public static int parseDate(byte[] text, int start, int end) {
        return TimeParser.date(text, start, end);
    }

    public static long parseTime(byte[] text, int start, int end) {
        return TimeParser.time(text, start, end);
    }

    /** Reads a wall clock reading; one with an offset is taken to UTC. */
    public static long parseTimestamp(byte[] text, int start, int end) {
        long micros = PlainTimestamp.parse(text, start, end);
        return micros != PlainTimestamp.NONE ? micros : TimeParser.timestamp(text, start, end);
    }

    /** Reads an instant; one without an offset is a wall clock reading of the zone. */
    public static long parseInstant(byte[] text, int start, int end, ZoneId zone) {
        long micros = PlainTimestamp.isUtc(text, end) ? PlainTimestamp.parse(text, start, end) : PlainTimestamp.NONE;
        return micros != PlainTimestamp.NONE ? micros : TimeParser.instant(text, start, end, zone);
    }

    public static int parseMonths(byte[] text, int start, int end) {
        return IntervalParser.months(text, start, end);
    }

    public static long parseInterval(byte[] text, int start, int end) {
        return IntervalParser.micros(text, start, end);
    }

    /** Rounds a number half away from zero to the type's scale, or fails where it has too many digits. */
    public static BigDecimal fit(BigDecimal value, DecimalType type) {
        return NumberText.fit(value, type);
    }
}
