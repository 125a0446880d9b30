package io.millrace.server.postgres.type;

import io.millrace.server.postgres.wire.Payload;
import io.millrace.server.postgres.wire.ProtocolException;
import io.millrace.server.postgres.wire.WireBuffer;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.Decimal128Column;
import io.millrace.spi.row.LongColumn;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Decimal numbers in binary: digits of base 10 000, of which zeros at both ends are left out.
 *
 * <pre>
 *   digits u16 │ weight of the first i16 │ sign u16 │ digits after the point u16 │ digit u16 …
 * </pre>
 */
final class NumericBinary {

    private static final int NEGATIVE = 0x4000;
    private static final int NOT_A_NUMBER = 0xC000;
    private static final int BASE_DIGITS = 4;
    private static final BigInteger BASE = BigInteger.valueOf(10_000);

    private NumericBinary() {}

    static void write(Column column, int row, int scale, WireBuffer out) {
        if (column instanceof Decimal128Column wide) {
            BigInteger unscaled = wide.get(row);
            write(unscaled.abs().toString(), unscaled.signum() < 0, scale, out);
        } else {
            long unscaled = ((LongColumn) column).get(row);
            write(Long.toString(Math.abs(unscaled)), unscaled < 0, scale, out);
        }
    }

    private static void write(String decimal, boolean negative, int scale, WireBuffer out) {
        int padRight = (BASE_DIGITS - scale % BASE_DIGITS) % BASE_DIGITS;
        int length = decimal.length() + padRight;
        int groups = (length + BASE_DIGITS - 1) / BASE_DIGITS;
        int first = 0;
        while (first < groups && group(decimal, padRight, groups - 1 - first) == 0) {
            first++;
        }
        int last = groups;
        while (last > first && group(decimal, padRight, groups - last) == 0) {
            last--;
        }
        int groupsBehindPoint = (scale + padRight) / BASE_DIGITS;
        out.int16(last - first).int16(last == first ? 0 : groups - 1 - first - groupsBehindPoint);
        out.int16(negative ? NEGATIVE : 0).int16(scale);
        for (int i = first; i < last; i++) {
            out.int16(group(decimal, padRight, groups - 1 - i));
        }
    }

    /** Returns the group of four digits that has so many groups to its right, zeros appended to the number. */
    private static int group(String decimal, int zeros, int fromRight) {
        int end = decimal.length() + zeros - fromRight * BASE_DIGITS;
        int value = 0;
        for (int i = Math.max(0, end - BASE_DIGITS); i < end; i++) {
            value = value * 10 + (i < decimal.length() ? decimal.charAt(i) - '0' : 0);
        }
        return value;
    }

    static BigDecimal read(Payload in) {
        int digits = in.int16() & 0xFFFF;
        int weight = in.int16();
        int sign = in.int16() & 0xFFFF;
        int scale = in.int16() & 0xFFFF;
        if (sign >= NOT_A_NUMBER) {
            throw new MillraceException(
                    ErrorCode.INVALID_VALUE, "a DECIMAL cannot be NaN or infinite", "bind a DOUBLE instead");
        }
        if (digits * 2 != in.remaining() || digits > 2_000 || Math.abs(weight) > 2_000) {
            throw new ProtocolException("invalid numeric in binary format");
        }
        BigInteger unscaled = BigInteger.ZERO;
        for (int i = 0; i < digits; i++) {
            unscaled = unscaled.multiply(BASE).add(BigInteger.valueOf(in.int16()));
        }
        BigDecimal value = new BigDecimal(unscaled).scaleByPowerOfTen(BASE_DIGITS * (weight - digits + 1));
        BigDecimal scaled = value.scale() < scale ? value.setScale(scale) : value;
        return sign == NEGATIVE ? scaled.negate() : scaled;
    }
}
