package io.millrace.spi.function;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.type.DataType.DecimalType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** DECIMAL: what a function gives is rounded to its digits. */
record DecimalValue(DecimalType type) implements JavaType {

    @Override
    public Class<?> javaClass() {
        return BigDecimal.class;
    }

    @Override
    public boolean plain() {
        return false;
    }

    @Override
    public @Nullable Object fromJava(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        BigDecimal rounded = ((BigDecimal) value).setScale(type.scale(), RoundingMode.HALF_UP);
        if (rounded.precision() > type.precision()) {
            throw new RowFailure(ErrorCode.NUMERIC_OVERFLOW, value + " does not fit " + type);
        }
        return rounded;
    }
}
