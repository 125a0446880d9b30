package io.millrace.format.orc;

import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.Utf8;
import java.util.Arrays;
import org.apache.orc.storage.ql.exec.vector.BytesColumnVector;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.jspecify.annotations.Nullable;

/** Takes text and bytes. */
final class BytesCopy {

    private BytesCopy() {}

    /** Shares the vector's array where all values are slices of one, as they are but for small mixtures. */
    static void bytes(ColumnVector vector, int from, int to, boolean nulls, Column column, int at) {
        BytesColumnVector values = (BytesColumnVector) vector;
        BytesColumn target = (BytesColumn) column;
        byte[] one = at == 0 ? onlyArray(values, from, to, nulls) : null;
        if (one != null) {
            target.share(one);
        }
        for (int i = from; i < to; i++) {
            int place = vector.isRepeating ? 0 : i;
            if (nulls && vector.isNull[place]) {
                continue;
            }
            int start = values.start[place];
            int end = start + values.length[place];
            if (one != null) {
                target.slice(at + i - from, start, end);
            } else {
                target.append(at + i - from, values.vector[place], start, end);
            }
        }
    }

    private static byte @Nullable [] onlyArray(BytesColumnVector values, int from, int to, boolean nulls) {
        if (values.isRepeating) {
            return values.vector[0];
        }
        byte[] one = null;
        for (int i = from; i < to; i++) {
            if (nulls && values.isNull[i]) {
                continue;
            }
            if (one != null && one != values.vector[i]) {
                return null;
            }
            one = values.vector[i];
        }
        return one;
    }

    /** Gives the blanks back that ORC leaves out at the end of a CHAR. */
    static LeafTaker.Copy padded(int length) {
        return (vector, from, to, nulls, column, at) -> {
            BytesColumnVector values = (BytesColumnVector) vector;
            BytesColumn target = (BytesColumn) column;
            for (int i = from; i < to; i++) {
                int place = vector.isRepeating ? 0 : i;
                if (!nulls || !vector.isNull[place]) {
                    pad(values, place, length, target, at + i - from);
                }
            }
        };
    }

    private static void pad(BytesColumnVector values, int place, int length, BytesColumn target, int row) {
        byte[] text = values.vector[place];
        int start = values.start[place];
        int bytes = values.length[place];
        int blanks = Math.max(0, length - Utf8.codePoints(text, start, start + bytes));
        int at = target.reserve(bytes + blanks);
        System.arraycopy(text, start, target.data(), at, bytes);
        Arrays.fill(target.data(), at + bytes, at + bytes + blanks, (byte) ' ');
        target.slice(row, at, at + bytes + blanks);
    }
}
