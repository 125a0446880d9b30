package io.millrace.runtime.expression;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.IntegerType;

/** How many digits exact numbers have. */
final class Digits {

    private Digits() {}

    static int scale(DataType type) {
        return type instanceof DecimalType decimal ? decimal.scale() : 0;
    }

    static int precision(DataType type) {
        if (type instanceof DecimalType decimal) {
            return decimal.precision();
        }
        return switch (((IntegerType) type).bits()) {
            case 8 -> 3;
            case 16 -> 5;
            case 32 -> 10;
            default -> 19;
        };
    }
}
