package io.millrace.sql.function;

import io.millrace.plan.expression.ScalarFunction;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;

/**
 * A function that is its {@link ScalarFunction} under some name.
 *
 * @param operator what the validator sees
 * @param function what it means
 * @param parameters what it takes
 * @param required how many of them must be given
 * @param order which of the call's arguments stands where in {@code function}'s
 */
public record Builtin(
        SqlFunction operator, ScalarFunction function, List<Parameter> parameters, int required, List<Integer> order) {

    /** Defines a function whose last parameters, from the given number on, may be left out. */
    static Builtin of(
            String name,
            ScalarFunction function,
            SqlReturnTypeInference result,
            int required,
            Parameter... parameters) {
        return new Builtin(
                operator(name, result, required, parameters), function, List.of(parameters), required, List.of());
    }

    /** Defines a function all of whose parameters must be given. */
    static Builtin of(String name, ScalarFunction function, SqlReturnTypeInference result, Parameter... parameters) {
        return of(name, function, result, parameters.length, parameters);
    }

    private static SqlFunction operator(
            String name, SqlReturnTypeInference result, int required, Parameter... parameters) {
        List<SqlTypeFamily> families =
                java.util.Arrays.stream(parameters).map(Parameter::family).toList();
        return SqlBasicFunction.create(
                name,
                result,
                families.isEmpty() ? OperandTypes.NILADIC : OperandTypes.family(families, place -> place >= required));
    }

    /** Returns this with the call's arguments in another order. */
    Builtin ordered(Integer... places) {
        return new Builtin(operator, function, parameters, required, List.of(places));
    }

    /** Returns the places of the call's arguments in the function's order. */
    public List<Integer> places(int arguments) {
        return order.size() == arguments
                ? order
                : IntStream.range(0, arguments).boxed().toList();
    }

    static Map<String, Builtin> byName(List<Builtin> builtins) {
        return builtins.stream()
                .collect(Collectors.toUnmodifiableMap(b -> b.operator().getName(), b -> b));
    }
}
