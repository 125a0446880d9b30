package io.millrace.spi.function;

import io.millrace.spi.type.DataType;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a function takes and gives, as SQL sees it.
 *
 * @param result type of the value
 * @param resultNullable whether the value may be NULL though no argument is
 * @param deterministic whether it answers the same for the same arguments
 */
public record FunctionSignature(
        List<Parameter> parameters, DataType result, boolean resultNullable, boolean deterministic) {

    public FunctionSignature {
        parameters = List.copyOf(parameters);
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
