package io.millrace.runtime.expression;

import io.millrace.runtime.expression.function.UserErrors;
import io.millrace.spi.function.FunctionMethod;
import io.millrace.spi.function.JavaType;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user's function with the instance that is called.
 *
 * @param name name it is known by
 */
record BoundFunction(String name, FunctionMethod method, Object instance) {

    /** Calls it with values in the form of JavaValues, null for NULL: what the generated call is held against. */
    @Nullable
    Object apply(@Nullable Object[] values) {
        List<JavaType> types = method.parameters();
        @Nullable Object[] arguments = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null && !method.nullable().get(i)) {
                return null;
            }
        }
        try {
            for (int i = 0; i < values.length; i++) {
                arguments[i] = types.get(i).toJava(values[i]);
            }
            return method.result().fromJava(method.method().invoke(instance, arguments));
        } catch (InvocationTargetException e) {
            throw UserErrors.failed(name, e.getTargetException());
        } catch (IllegalAccessException | RuntimeException e) {
            throw UserErrors.failed(name, e);
        }
    }
}
