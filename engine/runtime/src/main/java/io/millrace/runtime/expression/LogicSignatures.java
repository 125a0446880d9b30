package io.millrace.runtime.expression;

/** Says which types functions of truth are written for. */
final class LogicSignatures {

    private LogicSignatures() {}

    static boolean accept(CallTypes types) {
        return switch (types.function()) {
            case AND, OR -> types.count() >= 2 && Types.isBoolean(types.result()) && types.all(Types::isBoolean);
            case NOT, IS_TRUE, IS_FALSE, IS_NOT_TRUE, IS_NOT_FALSE ->
                types.count() == 1 && Types.isBoolean(types.at(0)) && Types.isBoolean(types.result());
            case IS_NULL, IS_NOT_NULL -> types.count() == 1 && Types.isBoolean(types.result());
            case NOT_NULL ->
                types.count() == 2 && Types.sameForm(types.at(0), types.result()) && Types.isText(types.at(1));
            default -> false;
        };
    }
}
