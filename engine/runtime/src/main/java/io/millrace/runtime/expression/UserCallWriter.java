package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.UserCall;
import io.millrace.runtime.expression.ExpressionWriter.Variable;
import io.millrace.spi.function.JavaType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes calls of users' functions: of the method itself, primitives as they are.
 *
 * <pre>
 *   double v = 0d;
 *   if (!n) {
 *     try { v = f.apply(c0[row], c1[row]); } catch (Throwable t) { throw UserErrors.failed("distance", t); }
 *   }
 * </pre>
 */
final class UserCallWriter {

    private final ExpressionWriter writer;

    UserCallWriter(ExpressionWriter writer) {
        this.writer = writer;
    }

    Code write(UserCall call, List<Code> arguments) {
        BoundFunction function = writer.body.functions().of(call.function());
        List<JavaType> parameters = function.method().parameters();
        List<Code> strict = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            boolean nullable = function.method().nullable().get(i);
            if (!nullable) {
                strict.add(arguments.get(i));
            }
            values.add(argument(parameters.get(i), arguments.get(i), nullable));
        }
        String instance = writer.body.shared(name(function.method().owner()), function.instance());
        String invoked = instance + "." + function.method().method().getName() + "(" + String.join(", ", values) + ")";
        return function.method().result().javaClass().isPrimitive()
                ? primitive(call, function, strict, invoked)
                : object(call, function, strict, invoked);
    }

    private Code primitive(UserCall call, BoundFunction function, List<Code> strict, String invoked) {
        String isNull = mark(Code.anyNull(strict));
        String result = writer.body.name("v");
        Form form = Form.of(call.type());
        writer.scope.line(form.javaType + " " + result + " = " + form.zero + ";");
        guarded(isNull, result + " = " + invoked + ";", function);
        return Code.of(call.type(), result, isNull);
    }

    private Code object(UserCall call, BoundFunction function, List<Code> strict, String invoked) {
        String isNull = mark(Code.anyNull(strict));
        String object = writer.body.name("o");
        Variable result = writer.variable(call.type(), true);
        writer.scope.line("Object " + object + " = null;");
        JavaType type = function.method().result();
        String value = type.plain() ? invoked : converter(type) + ".fromJava(" + invoked + ")";
        guarded(isNull, object + " = " + value + ";", function);
        writer.assignObject(result, object);
        return result.code();
    }

    /** Writes whether the function is not called, so that it is computed once. */
    private @Nullable String mark(@Nullable String anyNull) {
        if (anyNull == null) {
            return null;
        }
        String name = writer.body.name("n");
        writer.scope.line("final boolean " + name + " = " + anyNull + ";");
        return name;
    }

    private void guarded(@Nullable String isNull, String statement, BoundFunction function) {
        String text = writer.body.shared("String", function.name());
        writer.scope.line((isNull == null ? "" : "if (!" + isNull + ") ") + "{ try { " + statement
                + " } catch (Throwable t) { throw UserErrors.failed(" + text + ", t); } }");
    }

    /** Returns code for an argument as the method takes it. */
    String argument(JavaType parameter, Code argument, boolean nullable) {
        if (parameter.javaClass().isPrimitive()) {
            return argument.value();
        }
        String boxed = Boxing.boxed(argument);
        String object =
                nullable && argument.isNull() != null ? "(" + argument.isNull() + " ? null : " + boxed + ")" : boxed;
        String value = parameter.plain() ? object : converter(parameter) + ".toJava(" + object + ")";
        return "(" + name(parameter.javaClass()) + ") " + value;
    }

    private String converter(JavaType type) {
        return writer.body.shared("io.millrace.spi.function.JavaType", type);
    }

    /** Returns a class as source names it. */
    static String name(Class<?> javaClass) {
        return java.util.Objects.requireNonNull(javaClass.getCanonicalName());
    }
}
