package io.millrace.runtime.expression;

import io.millrace.spi.type.DataType;

/** Says which numbers each function of numbers is written for. */
final class NumberSignatures {

    private NumberSignatures() {}

    static boolean accept(CallTypes types) {
        int count = types.count();
        DataType result = types.result();
        DataType first = types.at(0);
        return switch (types.function()) {
            case MOD -> count == 2 && types.numbers();
            case POWER, ATAN2 -> count == 2 && types.numbers() && Types.isFloating(result);
            case DIV, GCD, LCM -> count == 2 && types.all(Types::isExact) && Types.isExact(result);
            case FACTORIAL -> count == 1 && Types.isInteger(first) && Types.isExact(result);
            case SCALE, MIN_SCALE -> count == 1 && Types.isExact(first) && Types.isInteger(result);
            case BITAND, BITOR, BITXOR -> count == 2 && types.integersFrom(0) && Types.isInteger(result);
            case BITNOT -> count == 1 && Types.isInteger(first) && first.equals(result);
            case SHIFT_LEFT, SHIFT_RIGHT -> count == 2 && types.integersFrom(0) && first.equals(result);
            case WIDTH_BUCKET -> count == 4 && types.numbers() && types.integersFrom(3);
            case ROUND, TRUNCATE -> types.counts(1, 2) && types.integersFrom(1) && types.numbers();
            default -> count == 1 && types.numbers() && Types.isFloating(result);
        };
    }
}
