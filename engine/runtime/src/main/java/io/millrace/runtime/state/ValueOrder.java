package io.millrace.runtime.state;

import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.Decimal128Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.FloatColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowColumn;
import java.util.Arrays;

/** SQL's order of values: text by code point, bytes unsigned, FALSE before TRUE, NaN last. */
public final class ValueOrder {

    private ValueOrder() {}

    /** Compares two values that are not NULL, of columns of one type. */
    public static int compare(Column left, int leftRow, Column right, int rightRow) {
        return switch (left) {
            case LongColumn c -> Long.compare(c.get(leftRow), ((LongColumn) right).get(rightRow));
            case IntColumn c -> Integer.compare(c.get(leftRow), ((IntColumn) right).get(rightRow));
            case DoubleColumn c -> Double.compare(c.get(leftRow) + 0.0, ((DoubleColumn) right).get(rightRow) + 0.0);
            case FloatColumn c -> Float.compare(c.get(leftRow) + 0.0f, ((FloatColumn) right).get(rightRow) + 0.0f);
            case BooleanColumn c -> Boolean.compare(c.get(leftRow), ((BooleanColumn) right).get(rightRow));
            case BytesColumn c -> compareBytes(c, leftRow, (BytesColumn) right, rightRow);
            case Decimal128Column c -> compareWide(c, leftRow, (Decimal128Column) right, rightRow);
            case ArrayColumn c -> compareArrays(c, leftRow, (ArrayColumn) right, rightRow);
            case RowColumn c -> compareRows(c, leftRow, (RowColumn) right, rightRow);
        };
    }

    /** Compares two values, NULL being the least. */
    public static int compareNullsFirst(Column left, int leftRow, Column right, int rightRow) {
        boolean leftNull = left.isNull(leftRow);
        boolean rightNull = right.isNull(rightRow);
        if (leftNull || rightNull) {
            return Boolean.compare(rightNull, leftNull);
        }
        return compare(left, leftRow, right, rightRow);
    }

    private static int compareBytes(BytesColumn left, int leftRow, BytesColumn right, int rightRow) {
        return Arrays.compareUnsigned(
                left.data(leftRow),
                left.starts()[leftRow],
                left.ends()[leftRow],
                right.data(rightRow),
                right.starts()[rightRow],
                right.ends()[rightRow]);
    }

    private static int compareWide(Decimal128Column left, int leftRow, Decimal128Column right, int rightRow) {
        int upper = Long.compare(left.high()[leftRow], right.high()[rightRow]);
        return upper != 0 ? upper : Long.compareUnsigned(left.low()[leftRow], right.low()[rightRow]);
    }

    private static int compareArrays(ArrayColumn left, int leftRow, ArrayColumn right, int rightRow) {
        int common = Math.min(left.length(leftRow), right.length(rightRow));
        for (int i = 0; i < common; i++) {
            int order = compareNullsFirst(
                    left.elements(), left.starts()[leftRow] + i, right.elements(), right.starts()[rightRow] + i);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.length(leftRow), right.length(rightRow));
    }

    private static int compareRows(RowColumn left, int leftRow, RowColumn right, int rightRow) {
        for (int i = 0; i < left.fieldCount(); i++) {
            int order = compareNullsFirst(left.field(i), leftRow, right.field(i), rightRow);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
