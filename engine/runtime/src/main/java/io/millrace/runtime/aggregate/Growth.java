package io.millrace.runtime.aggregate;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.IntColumn;
import java.util.Arrays;

/** How the arrays of accumulators grow. */
final class Growth {

    private Growth() {}

    static long[] grown(long[] values, int count) {
        return count <= values.length ? values : Arrays.copyOf(values, capacity(values.length, count));
    }

    static double[] grown(double[] values, int count) {
        return count <= values.length ? values : Arrays.copyOf(values, capacity(values.length, count));
    }

    static boolean[] grown(boolean[] values, int count) {
        return count <= values.length ? values : Arrays.copyOf(values, capacity(values.length, count));
    }

    static int capacity(int now, int wanted) {
        return Math.max(wanted, Math.max(32, 2 * now));
    }

    static void intOf(Column out, int row, long value) {
        if (value != (int) value) {
            throw new MillraceException(ErrorCode.NUMERIC_OVERFLOW, "aggregate value " + value + " is no INTEGER");
        }
        ((IntColumn) out).set(row, (int) value);
    }
}
