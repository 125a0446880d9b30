package io.millrace.spi.function;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The methods of an aggregate function's class, with the types their signatures say.
 *
 * @param owner the class of the function
 * @param accumulator the class of its accumulators
 * @param add takes an accumulator and a row's arguments
 * @param retract the same, or null where rows cannot be taken back
 * @param answer returns the result of an accumulator
 * @param parameters types of the arguments
 * @param nullable for each argument whether it is given {@code null} for NULL
 * @param result type of the result
 */
public record AggregateMethods(
        Class<?> owner,
        Class<?> accumulator,
        Method add,
        @Nullable Method retract,
        Method answer,
        List<JavaType> parameters,
        List<Boolean> nullable,
        JavaType result) {

    public AggregateMethods {
        parameters = List.copyOf(parameters);
        nullable = List.copyOf(nullable);
    }

    /**
     * Reads a class that implements {@link AggregateFunction}.
     *
     * @throws io.millrace.spi.error.MillraceException {@code INVALID_STATEMENT} where it is no function, and says why
     */
    public static AggregateMethods of(Class<?> owner) {
        FunctionClass function = FunctionClass.of(owner);
        Class<?> accumulator = function.only("create").getReturnType();
        requirePublic(accumulator);
        Method add = function.only(AggregateFunction.ADD);
        requireAccumulator(add, accumulator);
        Method retract = function.optional(AggregateFunction.RETRACT);
        if (retract != null && !Arrays.equals(retract.getParameterTypes(), add.getParameterTypes())) {
            throw FunctionErrors.unusable(
                    FunctionClass.name(retract) + " takes other arguments than " + AggregateFunction.ADD,
                    "let it take the same: a row goes as it came");
        }
        Method answer = function.only(AggregateFunction.RESULT);
        requireAccumulator(answer, accumulator);
        if (answer.getParameterCount() != 1) {
            throw FunctionErrors.unusable(
                    FunctionClass.name(answer) + " takes more than an accumulator", "keep there what it needs");
        }
        return new AggregateMethods(
                owner,
                accumulator,
                add,
                retract,
                answer,
                FunctionClass.types(add, 1),
                FunctionClass.nullable(add, 1),
                FunctionClass.result(answer));
    }

    private static void requirePublic(Class<?> accumulator) {
        if (!Modifier.isPublic(accumulator.getModifiers()) || accumulator.isPrimitive()) {
            throw FunctionErrors.unusable(
                    "accumulator " + accumulator.getTypeName() + " is no public class",
                    "make it one that can be changed, or an array");
        }
    }

    private static void requireAccumulator(Method method, Class<?> accumulator) {
        if (method.getParameterCount() == 0 || method.getParameterTypes()[0] != accumulator) {
            throw FunctionErrors.unusable(
                    FunctionClass.name(method) + " does not take " + accumulator.getTypeName() + " first",
                    "give it the accumulator that create() returns as its first parameter");
        }
    }

    /** Returns what SQL sees of it. */
    public FunctionSignature signature() {
        return new FunctionSignature(
                retract == null ? FunctionKind.AGGREGATE : FunctionKind.RETRACTING_AGGREGATE,
                FunctionClass.parameters(add, parameters, nullable),
                result.type(),
                !result.javaClass().isPrimitive(),
                FunctionClass.of(owner).deterministic());
    }

    /** Creates an instance of the function. */
    @SuppressWarnings("unchecked")
    public AggregateFunction<Object> instance() {
        return (AggregateFunction<Object>) FunctionClass.of(owner).instance();
    }
}
