package io.millrace.spi.function;

import io.millrace.spi.type.DataType;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a function takes and gives, as SQL sees it.
 *
 * @param kind where it is called
 * @param result type of the value
 * @param resultNullable whether the value may be NULL though no argument is
 * @param deterministic whether it answers the same for the same arguments
 */
public record FunctionSignature(
        FunctionKind kind, List<Parameter> parameters, DataType result, boolean resultNullable, boolean deterministic) {

    public FunctionSignature {
        parameters = List.copyOf(parameters);
    }

    /**
     * Reads the class of a function, of whatever kind, and sees that it can be made.
     *
     * @throws io.millrace.spi.error.MillraceException {@code INVALID_STATEMENT} where it is none, and says why
     */
    public static FunctionSignature made(Class<?> owner) {
        FunctionClass.of(owner).instance();
        if (DeliveryFunction.class.isAssignableFrom(owner)) {
            return new DeliveryFunctionClass(owner).signature();
        }
        return AggregateFunction.class.isAssignableFrom(owner)
                ? AggregateMethods.of(owner).signature()
                : FunctionMethod.of(owner).signature();
    }

    /**
     * One argument.
     *
     * @param name its name, or the empty text
     * @param nullable whether the function is called where it is NULL
     */
    public record Parameter(String name, DataType type, boolean nullable) {

        @Override
        public String toString() {
            return name.isEmpty() ? type.toString() : name + " " + type;
        }
    }

    /** Returns the parameters as a statement declares them, in brackets. */
    public String arguments() {
        return parameters.stream().map(Parameter::toString).collect(Collectors.joining(", ", "(", ")"));
    }
}
