package io.millrace.format.orc;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.LongColumn;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.TimestampColumnVector;

/**
 * Copies times.
 *
 * <p>A time lies in the file as its whole seconds, towards zero, and the fraction of its second, from below; a
 * reader takes the seconds down by one where they are negative and there is a fraction of a millisecond or more.
 * So of the second that ends with 1970 only its first millisecond can be told from the second after: the rest is
 * refused, since it would be read as of a second later.
 */
final class TimestampFiller extends LeafFiller {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MICROS_PER_MILLI = 1000;
    private static final int NANOS_PER_MICRO = 1000;

    TimestampFiller(String path, boolean nullable) {
        super(path, nullable);
    }

    @Override
    void copy(Column column, int[] rows, int count, ColumnVector vector, boolean nulls) {
        long[] from = ((LongColumn) column).values();
        TimestampColumnVector to = (TimestampColumnVector) vector;
        for (int i = 0; i < count; i++) {
            if (!nulls || !vector.isNull[i]) {
                long micros = from[rows[i]];
                long second = Math.floorDiv(micros, MICROS_PER_SECOND);
                int fraction = (int) (micros - second * MICROS_PER_SECOND);
                to.time[i] = Math.floorDiv(micros, MICROS_PER_MILLI);
                to.nanos[i] = fraction * NANOS_PER_MICRO;
            }
        }
    }

    @Override
    void check(Column column, int row) {
        super.check(column, row);
        if (!column.isNull(row) && hasNoForm(((LongColumn) column).get(row))) {
            throw new MillraceException(
                    ErrorCode.INVALID_VALUE,
                    "column '" + path() + "' is " + JavaValues.instant(((LongColumn) column).get(row))
                            + ", and fractions of the second before 1970 have no form in ORC",
                    "round it to seconds, or take another format");
        }
    }

    static boolean hasNoForm(long micros) {
        return micros < 0 && micros >= -MICROS_PER_SECOND + MICROS_PER_MILLI;
    }

    @Override
    boolean mayRefuse(Column column) {
        if (mayBeWronglyNull(column)) {
            return true;
        }
        for (long micros : ((LongColumn) column).values()) {
            if (hasNoForm(micros)) {
                return true;
            }
        }
        return false;
    }
}
