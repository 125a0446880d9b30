package io.millrace.runtime.expression;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;

/** Says which types each function of regular expressions is written for. */
final class RegexSignatures {

    private RegexSignatures() {}

    static boolean accept(CallTypes types) {
        int count = types.count();
        DataType result = types.result();
        if (count < 2 || !types.texts(2)) {
            return false;
        }
        return switch (types.function()) {
            case SIMILAR_TO -> count <= 3 && types.texts(3) && Types.isBoolean(result);
            case REGEXP_LIKE -> count == 2 && Types.isBoolean(result);
            case REGEXP_REPLACE ->
                (count == 3 || count == 5) && types.texts(3) && types.integersFrom(3) && Types.isText(result);
            case REGEXP_EXTRACT -> count <= 3 && types.integersFrom(2) && Types.isText(result);
            case REGEXP_COUNT -> count <= 3 && types.integersFrom(2) && Types.isInteger(result);
            case REGEXP_SUBSTR -> count == 5 && types.integersFrom(2) && Types.isText(result);
            case REGEXP_INSTR -> count == 6 && isPlace(types) && Types.isInteger(result);
            case REGEXP_MATCH, REGEXP_SPLIT -> count == 2 && Types.isTexts(result);
            case REGEXP_MATCHES ->
                count == 3
                        && types.integersFrom(2)
                        && result instanceof ArrayType array
                        && array.element() instanceof ArrayType;
            default -> false;
        };
    }

    private static boolean isPlace(CallTypes types) {
        return Types.isInteger(types.at(2))
                && Types.isInteger(types.at(3))
                && Types.isBoolean(types.at(4))
                && Types.isInteger(types.at(5));
    }
}
