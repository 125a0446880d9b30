package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.runtime.expression.ExpressionWriter.Variable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes calls of functions whose arguments are all evaluated. */
final class CallWriter {

    private final ExpressionWriter writer;

    CallWriter(ExpressionWriter writer) {
        this.writer = writer;
    }

    Code write(Call call, List<Code> arguments) {
        Code code = ownCode(call, arguments);
        return code == null ? interpreted(call, arguments) : code;
    }

    /** Returns code written for the function over these types, or null where there is none. */
    private @Nullable Code ownCode(Call call, List<Code> arguments) {
        return switch (call.function().kind()) {
            case LOGIC -> new LogicWriter(writer).call(call, arguments);
            case COMPARISON -> comparison(call, arguments);
            case ARITHMETIC ->
                Types.anyTemporal(call) ? new TimeWriter(writer).arithmetic(call, arguments) : numbers(call, arguments);
            case NUMBER -> numbers(call, arguments);
            case TEXT -> new TextWriter(writer).call(call, arguments);
            case REGEX -> new RegexWriter(writer).call(call, arguments);
            case TIME -> new TimeWriter(writer).call(call, arguments);
            case CLOCK -> new TimeWriter(writer).current(call.function(), call.type());
            case COLLECTION -> new CollectionWriter(writer).call(call, arguments);
            case JSON -> new JsonWriter(writer).call(call, arguments);
            case ARRAY -> null;
        };
    }

    private @Nullable Code comparison(Call call, List<Code> arguments) {
        boolean extreme = call.function() == ScalarFunction.GREATEST || call.function() == ScalarFunction.LEAST;
        if (!extreme) {
            return new ComparisonWriter(writer).call(call, arguments);
        }
        return Types.anyTemporal(call) ? new TimeWriter(writer).arithmetic(call, arguments) : numbers(call, arguments);
    }

    private @Nullable Code numbers(Call call, List<Code> arguments) {
        return Types.isNumber(call.type()) ? new NumberWriter(writer).call(call, arguments) : null;
    }

    /** Leaves the call to the interpreter, over objects. */
    private Code interpreted(Call call, List<Code> arguments) {
        StringBuilder values = new StringBuilder();
        for (Code argument : arguments) {
            String boxed = Boxing.boxed(argument);
            values.append(values.isEmpty() ? "" : ", ")
                    .append(argument.isNull() == null ? boxed : "(" + argument.isNull() + " ? null : " + boxed + ")");
        }
        String constant = writer.body.shared("Expression.Call", call);
        String object = writer.body.name("o");
        Variable result = writer.variable(call.type(), true);
        writer.scope.line("Object " + object + " = interpret(" + constant + ", new Object[] {" + values + "});");
        writer.assignObject(result, object);
        return result.code();
    }
}
