package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.Call;
import io.millrace.runtime.expression.ExpressionWriter.Variable;
import io.millrace.spi.type.DataType;
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
        DataType type = call.type();
        return switch (call.function()) {
            case NOT -> writer.total(type, arguments, "!" + arguments.get(0).value());
            case IS_NULL -> truth(isNull(arguments.get(0)));
            case IS_NOT_NULL -> truth("!" + isNull(arguments.get(0)));
            case IS_TRUE -> truth(isTrue(arguments.get(0)));
            case IS_FALSE -> truth(isFalse(arguments.get(0)));
            case IS_NOT_TRUE -> truth("!(" + isTrue(arguments.get(0)) + ")");
            case IS_NOT_FALSE -> truth("!(" + isFalse(arguments.get(0)) + ")");
            case NOT_NULL -> notNull(arguments.get(0), arguments.get(1));
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                new ComparisonWriter(writer).compare(call, arguments);
            case IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM -> new ComparisonWriter(writer).distinct(call, arguments);
            case PLUS, MINUS, MULTIPLY, DIVIDE, NEGATE, ABS, SIGN, FLOOR, CEIL, STEP, GREATEST, LEAST ->
                call.arguments().stream().anyMatch(argument -> Types.isTemporal(argument.type()))
                        ? new TimeWriter(writer).arithmetic(call, arguments)
                        : numbers(call, arguments);
            case MOD,
                    ROUND,
                    TRUNCATE,
                    SQRT,
                    EXP,
                    LN,
                    LOG10,
                    POWER,
                    SIN,
                    COS,
                    TAN,
                    ASIN,
                    ACOS,
                    ATAN,
                    ATAN2,
                    WIDTH_BUCKET,
                    CBRT,
                    COT,
                    SINH,
                    COSH,
                    TANH,
                    ASINH,
                    ACOSH,
                    ATANH,
                    DIV,
                    GCD,
                    LCM,
                    FACTORIAL,
                    SCALE,
                    MIN_SCALE,
                    BITAND,
                    BITOR,
                    BITXOR,
                    BITNOT,
                    SHIFT_LEFT,
                    SHIFT_RIGHT -> numbers(call, arguments);
            case EXTRACT,
                    CURRENT_TIMESTAMP,
                    CURRENT_DATE,
                    CURRENT_TIME,
                    LOCALTIMESTAMP,
                    TIMESTAMP_DIFF,
                    UNIX_MILLIS,
                    FORMAT_TIMESTAMP,
                    AT_TIME_ZONE,
                    TIMESTAMP_OF_MILLIS -> new TimeWriter(writer).call(call, arguments);
            default -> new TextWriter(writer).call(call, arguments);
        };
    }

    private @Nullable Code numbers(Call call, List<Code> arguments) {
        return Types.isNumber(call.type()) ? new NumberWriter(writer).call(call, arguments) : null;
    }

    private static String isNull(Code code) {
        return code.isNull() == null ? "false" : code.isNull();
    }

    private static String isTrue(Code code) {
        return "(" + code.value() + " & !" + isNull(code) + ")";
    }

    private static String isFalse(Code code) {
        return "(!" + code.value() + " & !" + isNull(code) + ")";
    }

    private Code notNull(Code value, Code reason) {
        if (value.isNull() == null) {
            return value;
        }
        writer.scope.line("if (" + value.isNull() + ") throw Boxes.missing(" + Boxing.boxed(reason) + ");");
        return value.neverNull();
    }

    private Code truth(String value) {
        return writer.total(DataType.BOOLEAN, List.of(), value);
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
