package io.millrace.runtime.expression;

import io.millrace.spi.type.DataType;

/** Says which types each function of JSON is written for. */
final class JsonSignatures {

    private JsonSignatures() {}

    static boolean accept(CallTypes types) {
        DataType result = types.result();
        return switch (types.function()) {
            case JSON_VALUE, JSON_QUERY, JSON_FOUND -> types.count() == 2 && types.texts(2) && Types.isText(result);
            case JSON_EXISTS, IS_JSON -> types.count() == 2 && types.texts(2) && Types.isBoolean(result);
            case JSON_PART, JSON_PART_TEXT ->
                types.count() == 2
                        && Types.isText(types.at(0))
                        && (Types.isText(types.at(1)) || Types.isInteger(types.at(1)))
                        && Types.isText(result);
            case TO_JSON -> types.count() == 1 && Types.isText(result);
            default -> false;
        };
    }
}
