package io.millrace.spi.row;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.CharacterType;
import java.util.Arrays;

/** Values cut or padded to what their type declares. */
final class Lengths {

    private static final long[] MICROS_PER_UNIT = {1_000_000, 100_000, 10_000, 1_000, 100, 10, 1};

    private Lengths() {}

    static void setText(CharacterType type, byte[] text, int start, int end, BytesColumn column, int row) {
        if (type.length() == DataType.UNBOUNDED || (!type.fixed() && end - start <= type.length())) {
            column.append(row, text, start, end);
            return;
        }
        int at = start;
        int characters = 0;
        for (; at < end && characters < type.length(); characters++) {
            at++;
            while (at < end && (text[at] & 0xC0) == 0x80) {
                at++;
            }
        }
        int padding = type.fixed() ? type.length() - characters : 0;
        int length = at - start;
        int target = column.reserve(length + padding);
        System.arraycopy(text, start, column.data(), target, length);
        Arrays.fill(column.data(), target + length, target + length + padding, (byte) ' ');
        column.slice(row, target, target + length + padding);
    }

    static void setBinary(BinaryType type, byte[] value, BytesColumn column, int row) {
        boolean asIs = type.length() == DataType.UNBOUNDED || (!type.fixed() && value.length <= type.length());
        column.append(row, asIs ? value : Arrays.copyOf(value, type.length()));
    }

    static byte[] binary(byte[] text, int start, int end) {
        if (end - start < 2 || text[start] != '\\' || text[start + 1] != 'x') {
            return Arrays.copyOfRange(text, start, end);
        }
        byte[] value = new byte[(end - start) / 2 - 1];
        for (int i = 0; i < value.length; i++) {
            int high = Character.digit(text[start + 2 + 2 * i], 16);
            int low = Character.digit(text[start + 3 + 2 * i], 16);
            if (high < 0 || low < 0) {
                throw NumberText.invalid(text, start, end, "hexadecimal digits");
            }
            value[i] = (byte) ((high << 4) | low);
        }
        if ((end - start) % 2 != 0) {
            throw NumberText.invalid(text, start, end, "pairs of hexadecimal digits");
        }
        return value;
    }

    /** Rounds a time down to so many digits of the second's fraction. */
    static long time(long micros, int precision) {
        if (precision == 6) {
            return micros;
        }
        long rounded = micros - Math.floorMod(micros, MICROS_PER_UNIT[precision]);
        if (rounded > micros) {
            throw new RowFailure(ErrorCode.NUMERIC_OVERFLOW, "timestamp out of range");
        }
        return rounded;
    }
}
