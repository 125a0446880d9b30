package io.millrace.format.orc;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.type.DataType.DecimalType;
import java.math.BigDecimal;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.LongColumnVector;

/** Copies a DECIMAL of up to 18 digits. */
final class DecimalFiller extends LeafFiller {

    private final DecimalType type;
    private final long bound;

    DecimalFiller(DecimalType type, String path, boolean nullable) {
        super(path, nullable);
        this.type = type;
        this.bound = BigDecimal.ONE.scaleByPowerOfTen(type.precision()).longValueExact();
    }

    @Override
    void copy(Column column, int[] rows, int count, ColumnVector vector, boolean nulls) {
        long[] from = ((LongColumn) column).values();
        long[] to = ((LongColumnVector) vector).vector;
        for (int i = 0; i < count; i++) {
            if (!nulls || !vector.isNull[i]) {
                to[i] = from[rows[i]];
            }
        }
    }

    @Override
    void check(Column column, int row) {
        super.check(column, row);
        if (column.isNull(row)) {
            return;
        }
        long value = ((LongColumn) column).get(row);
        if (value <= -bound || value >= bound) {
            throw tooLong(path(), BigDecimal.valueOf(value, type.scale()), type);
        }
    }

    static MillraceException tooLong(String path, BigDecimal value, DecimalType type) {
        return new MillraceException(
                ErrorCode.NUMERIC_OVERFLOW, "column '" + path + "' is " + value + ", which does not fit " + type);
    }

    @Override
    boolean mayRefuse(Column column) {
        return true;
    }
}
