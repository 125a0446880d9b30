package io.millrace.format.csv;

import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DecimalType;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The type that the text of a field is most likely of: what can be nothing else. */
final class FieldTypes {

    /** A zero in front is no number's: so codes and telephone numbers stay what they are. */
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9]\\d*)");

    /** So many digits always fit BIGINT, whose greatest has one more. */
    private static final int BIGINT_DIGITS = 18;

    private static final DataType WIDE = new DecimalType(DataType.DECIMAL_PRECISION_MAX, 0);

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d+)?");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern TIMESTAMP = Pattern.compile("\\d{4}-\\d{2}-\\d{2}[ T]\\d{2}:\\d{2}(:\\d{2}.*)?");

    private FieldTypes() {}

    static DataType of(String field) {
        if (INTEGER.matcher(field).matches()) {
            return integer(field);
        }
        if (NUMBER.matcher(field).matches()) {
            return DataType.DOUBLE;
        }
        if (field.equalsIgnoreCase("true") || field.equalsIgnoreCase("false")) {
            return DataType.BOOLEAN;
        }
        byte[] text = field.getBytes(StandardCharsets.UTF_8);
        try {
            if (DATE.matcher(field).matches()) {
                SqlText.parseDate(text, 0, text.length);
                return DataType.DATE;
            }
            if (TIMESTAMP.matcher(field).matches()) {
                SqlText.parseTimestamp(text, 0, text.length);
                return DataType.TIMESTAMP;
            }
        } catch (RowFailure e) {
            // It only looked like one.
            return DataType.VARCHAR;
        }
        return DataType.VARCHAR;
    }

    /** No digit of a key is lost: what is too long for any number is text. */
    private static DataType integer(String field) {
        int digits = field.startsWith("-") ? field.length() - 1 : field.length();
        if (digits <= BIGINT_DIGITS) {
            return DataType.BIGINT;
        }
        if (digits > DataType.DECIMAL_PRECISION_MAX) {
            return DataType.VARCHAR;
        }
        return new BigInteger(field).bitLength() < Long.SIZE ? DataType.BIGINT : WIDE;
    }

    /** Returns a type that fields of both can be read as. */
    static DataType both(DataType one, DataType other) {
        if (one.equals(other)) {
            return one;
        }
        if (isNumber(one) && isNumber(other)) {
            return one.equals(DataType.DOUBLE) || other.equals(DataType.DOUBLE) ? DataType.DOUBLE : WIDE;
        }
        return isTime(one) && isTime(other) ? DataType.TIMESTAMP : DataType.VARCHAR;
    }

    private static boolean isNumber(DataType type) {
        return type.equals(DataType.BIGINT) || type.equals(DataType.DOUBLE) || type.equals(WIDE);
    }

    private static boolean isTime(DataType type) {
        return type.equals(DataType.DATE) || type.equals(DataType.TIMESTAMP);
    }
}
