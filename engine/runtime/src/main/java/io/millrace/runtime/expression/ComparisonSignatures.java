package io.millrace.runtime.expression;

/** Says which types comparisons are written for. */
final class ComparisonSignatures {

    private ComparisonSignatures() {}

    static boolean accept(CallTypes types) {
        return switch (types.function()) {
            case GREATEST, LEAST ->
                types.count() >= 2 && types.all(argument -> Types.comparable(argument, types.result()));
            default ->
                types.count() == 2 && Types.isBoolean(types.result()) && Types.comparable(types.at(0), types.at(1));
        };
    }
}
