package io.millrace.spi.function;

import java.lang.reflect.Method;
import java.util.List;

/**
 * The method of a function's class that rows are given to, with the types its signature says.
 *
 * @param owner the class of the function
 * @param method the method
 * @param parameters types of its parameters
 * @param nullable for each parameter whether it is given {@code null} for NULL
 * @param result type of what it returns
 */
public record FunctionMethod(
        Class<?> owner, Method method, List<JavaType> parameters, List<Boolean> nullable, JavaType result) {

    public FunctionMethod {
        parameters = List.copyOf(parameters);
        nullable = List.copyOf(nullable);
    }

    /**
     * Reads the class of a scalar or a table function.
     *
     * @throws io.millrace.spi.error.MillraceException {@code INVALID_STATEMENT} where it is no function, and says why
     */
    public static FunctionMethod of(Class<?> owner) {
        boolean table = TableFunction.class.isAssignableFrom(owner);
        if (!table && !ScalarFunction.class.isAssignableFrom(owner)) {
            throw FunctionErrors.unusable(
                    "class " + owner.getName() + " is no function",
                    "let it implement " + ScalarFunction.class.getName()
                            + ", AggregateFunction, TableFunction or DeliveryFunction");
        }
        FunctionClass function = FunctionClass.of(owner);
        Method method = function.only(table ? TableFunction.METHOD : ScalarFunction.METHOD);
        FunctionMethod read = new FunctionMethod(
                owner,
                method,
                FunctionClass.types(method, 0),
                FunctionClass.nullable(method, 0),
                FunctionClass.result(method));
        if (table && !(read.result instanceof ListValue)) {
            throw FunctionErrors.unusable(
                    "table function " + owner.getName() + " returns no list",
                    "let " + TableFunction.METHOD + " return a List of a record, whose components are the columns");
        }
        return read;
    }

    /** Returns what SQL sees of it. */
    public FunctionSignature signature() {
        return new FunctionSignature(
                TableFunction.class.isAssignableFrom(owner) ? FunctionKind.TABLE : FunctionKind.SCALAR,
                FunctionClass.parameters(method, parameters, nullable),
                result.type(),
                !result.javaClass().isPrimitive(),
                FunctionClass.of(owner).deterministic());
    }

    /** Creates an instance of the function. */
    public Object instance() {
        return FunctionClass.of(owner).instance();
    }
}
