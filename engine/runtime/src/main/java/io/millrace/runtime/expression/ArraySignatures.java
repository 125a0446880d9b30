package io.millrace.runtime.expression;

import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.TimestampType;

/** Says which types the functions are written for that put arrays together and look into them. */
final class ArraySignatures {

    private ArraySignatures() {}

    static boolean accept(CallTypes types) {
        if (!types.counts(2, 3)) {
            return false;
        }
        return switch (types.function()) {
            case STRING_TO_ARRAY -> types.texts(3) && Types.isTexts(types.result());
            case GENERATE_SERIES ->
                types.count() == 3 && types.result() instanceof ArrayType array && isSeries(types, array.element());
            case ARRAY_PREPEND ->
                types.count() == 2
                        && types.at(1) instanceof ArrayType array
                        && Types.sameForm(array, types.result())
                        && types.fits(0, array.element());
            case ARRAY_FILL ->
                types.count() == 2
                        && types.result() instanceof ArrayType array
                        && types.fits(0, array.element())
                        && types.at(1) instanceof ArrayType sizes
                        && Types.isInteger(sizes.element());
            default -> types.at(0) instanceof ArrayType array && ofArray(types, array);
        };
    }

    /** Tells whether what comes behind an array goes with it, and what comes out. */
    private static boolean ofArray(CallTypes types, ArrayType array) {
        int rest = types.count() - 1;
        DataType result = types.result();
        return switch (types.function()) {
            case ARRAY_CAT -> rest == 1 && types.fits(1, array) && Types.sameForm(array, result);
            case TRIM_ARRAY -> rest == 1 && types.integersFrom(1) && Types.sameForm(array, result);
            case ARRAY_SLICE -> rest == 2 && types.integersFrom(1) && Types.sameForm(array, result);
            case ARRAY_APPEND, ARRAY_REMOVE, ARRAY_REPLACE ->
                rest == (types.function() == ScalarFunction.ARRAY_REPLACE ? 2 : 1)
                        && types.fitFrom(1, array.element())
                        && Types.sameForm(array, result);
            case ARRAY_POSITION -> types.fits(1, array.element()) && types.integersFrom(2) && Types.isInteger(result);
            case ARRAY_POSITIONS ->
                rest == 1
                        && types.fits(1, array.element())
                        && result instanceof ArrayType places
                        && places.element().equals(DataType.INTEGER);
            case ARRAY_CONTAINS_ALL, ARRAY_OVERLAPS ->
                rest == 1 && Types.sameForm(array, types.at(1)) && Types.isBoolean(result);
            case ARRAY_TO_STRING -> types.from(1, Types::isText) && Types.isText(result);
            default -> false;
        };
    }

    private static boolean isSeries(CallTypes types, DataType element) {
        DataType first = types.at(0);
        DataType second = types.at(1);
        DataType step = types.at(2);
        return first.equals(DataType.BIGINT)
                ? second.equals(first) && element.equals(first) && step.equals(first)
                : isLocal(first) && isLocal(second) && isLocal(element) && Types.isInterval(step);
    }

    private static boolean isLocal(DataType type) {
        return type instanceof TimestampType timestamp && !timestamp.zoned();
    }
}
