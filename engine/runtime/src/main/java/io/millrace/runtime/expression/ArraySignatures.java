package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import java.util.List;

/** Says which types the functions are written for that put arrays together and look into them. */
final class ArraySignatures {

    private ArraySignatures() {}

    /** Tells whether a call of two or three arguments has types that go together. */
    static boolean accepts(Call call) {
        int count = call.arguments().size();
        DataType result = call.type();
        DataType first = call.arguments().get(0).type();
        DataType second = call.arguments().get(1).type();
        return switch (call.function()) {
            case ARRAY_APPEND, ARRAY_CAT, ARRAY_REMOVE, ARRAY_REPLACE, TRIM_ARRAY, ARRAY_SLICE ->
                count >= 2
                        && count <= 3
                        && Signatures.sameForm(first, result)
                        && first instanceof ArrayType array
                        && ofArray(call, array);
            case ARRAY_PREPEND ->
                count == 2
                        && Signatures.sameForm(second, result)
                        && second instanceof ArrayType array
                        && Signatures.fits(call.arguments().getFirst(), array.element());
            case ARRAY_POSITION ->
                count >= 2
                        && count <= 3
                        && first instanceof ArrayType array
                        && Signatures.fits(call.arguments().get(1), array.element())
                        && Signatures.integers(call, 2)
                        && Signatures.isInteger(result);
            case ARRAY_POSITIONS ->
                count == 2
                        && first instanceof ArrayType array
                        && Signatures.fits(call.arguments().get(1), array.element())
                        && result instanceof ArrayType places
                        && places.element().equals(DataType.INTEGER);
            case ARRAY_FILL ->
                count == 2
                        && result instanceof ArrayType array
                        && Signatures.fits(call.arguments().getFirst(), array.element())
                        && second instanceof ArrayType sizes
                        && Signatures.isInteger(sizes.element());
            case ARRAY_CONTAINS_ALL, ARRAY_OVERLAPS ->
                count == 2
                        && first instanceof ArrayType
                        && Signatures.sameForm(first, second)
                        && Signatures.isBoolean(result);
            default -> false;
        };
    }

    /** Tells whether what comes behind an array goes with it: another, elements, or places. */
    private static boolean ofArray(Call call, ArrayType array) {
        List<Expression> rest = call.arguments().subList(1, call.arguments().size());
        return switch (call.function()) {
            case ARRAY_CAT -> rest.size() == 1 && Signatures.fits(rest.getFirst(), array);
            case TRIM_ARRAY -> rest.size() == 1 && Signatures.integers(call, 1);
            case ARRAY_SLICE -> rest.size() == 2 && Signatures.integers(call, 1);
            default ->
                rest.size() == (call.function() == ScalarFunction.ARRAY_REPLACE ? 2 : 1)
                        && rest.stream().allMatch(element -> Signatures.fits(element, array.element()));
        };
    }
}
