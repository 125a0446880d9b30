package io.millrace.runtime.aggregate;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.Decimal128Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.FloatColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DecimalType;
import java.math.BigDecimal;

/** Floating-point numbers from and to columns of any number type. */
final class NumberWriter {

    private NumberWriter() {}

    static void write(double value, Column out, int row) {
        switch (out) {
            case DoubleColumn c -> c.set(row, value);
            case FloatColumn c -> c.set(row, (float) value);
            case LongColumn c -> c.set(row, (long) value);
            case IntColumn c -> c.set(row, (int) value);
            default -> throw new IllegalStateException("floating-point result in " + out.getClass());
        }
    }

    static double read(DataType type, Column column, int row) {
        int scale = type instanceof DecimalType decimal ? decimal.scale() : 0;
        return switch (column) {
            case DoubleColumn c -> c.get(row);
            case FloatColumn c -> c.get(row);
            case IntColumn c -> c.get(row);
            case LongColumn c ->
                scale == 0 ? c.get(row) : BigDecimal.valueOf(c.get(row), scale).doubleValue();
            case Decimal128Column c -> new BigDecimal(c.get(row), scale).doubleValue();
            default -> throw new IllegalStateException("number of " + column.getClass());
        };
    }
}
