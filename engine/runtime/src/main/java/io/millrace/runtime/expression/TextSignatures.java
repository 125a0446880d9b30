package io.millrace.runtime.expression;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.DecimalType;

/** Says which types each function of text is written for. */
final class TextSignatures {

    private TextSignatures() {}

    static boolean accept(CallTypes types) {
        DataType result = types.result();
        return switch (types.function()) {
            case CHAR_LENGTH, ASCII -> types.count() == 1 && types.texts(1) && Types.isInteger(result);
            case OCTET_LENGTH -> types.count() == 1 && Types.isBytes(types.at(0)) && Types.isInteger(result);
            case POSITION -> types.count() == 2 && types.texts(2) && Types.isInteger(result);
            case LIKE, ILIKE -> types.counts(2, 3) && types.texts(3) && Types.isBoolean(result);
            case STARTS_WITH -> types.count() == 2 && types.texts(2) && Types.isBoolean(result);
            case MD5, SHA1, SHA224, SHA256, SHA384, SHA512 ->
                types.count() == 1 && Types.isBytes(types.at(0)) && Types.isBytes(result);
            case DECODE -> types.count() == 2 && types.texts(2) && result instanceof BinaryType;
            case PARSE_NUMBER -> types.count() == 2 && types.texts(2) && result instanceof DecimalType;
            case CONCAT -> types.count() >= 2 && sameKind(types, result);
            default -> Types.isText(result) && toText(types);
        };
    }

    private static boolean toText(CallTypes types) {
        int count = types.count();
        return switch (types.function()) {
            case UPPER, LOWER, INITCAP, REVERSE -> count == 1 && types.texts(1);
            case TRIM_BOTH, TRIM_LEADING, TRIM_TRAILING -> count == 2 && types.texts(2);
            case SUBSTRING -> types.counts(2, 3) && types.texts(1) && types.integersFrom(1);
            case OVERLAY -> types.counts(3, 4) && types.texts(2) && types.integersFrom(2);
            case REPLACE, TRANSLATE -> count == 3 && types.texts(3);
            case LEFT, RIGHT, REPEAT -> count == 2 && types.texts(1) && types.integersFrom(1);
            case LPAD, RPAD ->
                types.counts(2, 3)
                        && types.texts(1)
                        && Types.isInteger(types.at(1))
                        && (count == 2 || Types.isText(types.at(2)));
            case SPLIT_PART -> count == 3 && types.texts(2) && types.integersFrom(2);
            case CHR -> count == 1 && types.integersFrom(0);
            case ENCODE -> count == 2 && Types.isBytes(types.at(0)) && Types.isText(types.at(1));
            case FORMAT_NUMBER -> count == 2 && Types.isNumber(types.at(0)) && Types.isText(types.at(1));
            default -> false;
        };
    }

    private static boolean sameKind(CallTypes types, DataType result) {
        return Types.isText(result)
                ? types.all(Types::isText)
                : result instanceof BinaryType && types.all(BinaryType.class::isInstance);
    }
}
