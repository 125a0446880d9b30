package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes AND, OR and tests of truth. */
final class LogicWriter {

    /** Functions that, over primitives, cost less than a branch that is guessed wrong, and cannot fail. */
    private static final Set<ScalarFunction> CHEAP = Set.of(
            ScalarFunction.AND,
            ScalarFunction.OR,
            ScalarFunction.NOT,
            ScalarFunction.IS_NULL,
            ScalarFunction.IS_NOT_NULL,
            ScalarFunction.IS_TRUE,
            ScalarFunction.IS_FALSE,
            ScalarFunction.IS_NOT_TRUE,
            ScalarFunction.IS_NOT_FALSE,
            ScalarFunction.EQUAL,
            ScalarFunction.NOT_EQUAL,
            ScalarFunction.LESS,
            ScalarFunction.LESS_OR_EQUAL,
            ScalarFunction.GREATER,
            ScalarFunction.GREATER_OR_EQUAL);

    private final ExpressionWriter writer;

    LogicWriter(ExpressionWriter writer) {
        this.writer = writer;
    }

    static String isTrue(Code code) {
        return code.isNull() == null ? code.value() : code.value() + " & !" + code.isNull();
    }

    /** Writes a test of truth or of NULL. */
    Code call(Call call, List<Code> arguments) {
        Code value = arguments.getFirst();
        return switch (call.function()) {
            case NOT -> writer.total(call.type(), arguments, "!" + value.value());
            case IS_NULL -> truth(isNull(value));
            case IS_NOT_NULL -> truth("!" + isNull(value));
            case IS_TRUE -> truth(known("", value));
            case IS_FALSE -> truth(known("!", value));
            case IS_NOT_TRUE -> truth("!" + known("", value));
            case IS_NOT_FALSE -> truth("!" + known("!", value));
            case NOT_NULL -> notNull(value, arguments.get(1));
            default -> throw new IllegalStateException("no code for " + call.function());
        };
    }

    private static String isNull(Code code) {
        return code.isNull() == null ? "false" : code.isNull();
    }

    /** Returns whether a value is TRUE, or FALSE for an exclamation mark. */
    private static String known(String not, Code code) {
        return "(" + not + code.value() + " & !" + isNull(code) + ")";
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

    Code connect(Call call) {
        List<Expression> arguments = call.arguments();
        boolean eager = arguments.subList(1, arguments.size()).stream().allMatch(LogicWriter::isCheap);
        return eager ? connectAll(call) : connectInTurn(call);
    }

    /** Evaluates all operands, without branches: what cannot fail may be evaluated in vain. */
    private Code connectAll(Call call) {
        boolean and = call.function() == ScalarFunction.AND;
        List<Code> operands = writer.writeAll(call.arguments());
        String isNull = Code.anyNull(operands);
        List<String> undecided = new ArrayList<>();
        for (Code operand : operands) {
            String value = (and ? "" : "!") + operand.value();
            undecided.add(operand.isNull() == null ? value : "(" + operand.isNull() + " | " + value + ")");
        }
        String open = writer.body.name("v");
        writer.scope.line("final boolean " + open + " = " + String.join(" & ", undecided) + ";");
        if (isNull == null) {
            return Code.of(DataType.BOOLEAN, and ? open : "(!" + open + ")", null);
        }
        String mark = writer.body.name("n");
        writer.scope.line("final boolean " + mark + " = " + open + " & " + isNull + ";");
        return Code.of(DataType.BOOLEAN, and ? open : "(!" + open + ")", mark);
    }

    /** Evaluates operand after operand until one decides. */
    private Code connectInTurn(Call call) {
        boolean and = call.function() == ScalarFunction.AND;
        String open = writer.body.name("v");
        String mark = writer.body.name("n");
        writer.scope.line("boolean " + open + " = true;");
        writer.scope.line("boolean " + mark + " = false;");
        for (Expression argument : call.arguments()) {
            writer.scope.line("if (" + open + ") {");
            Code operand = writer.write(argument);
            String value = (and ? "" : "!") + operand.value();
            if (operand.isNull() == null) {
                writer.scope.line(open + " = " + value + ";");
            } else {
                writer.scope.line(
                        "if (" + operand.isNull() + ") " + mark + " = true; else " + open + " = " + value + ";");
            }
            writer.scope.line("}");
        }
        writer.scope.line(mark + " &= " + open + ";");
        return Code.of(DataType.BOOLEAN, and ? open : "(!" + open + ")", mark);
    }

    private static boolean isCheap(Expression expression) {
        return switch (expression) {
            case Literal literal -> isPrimitive(expression);
            case Expression.Column column -> isPrimitive(expression);
            case Expression.Parameter parameter -> isPrimitive(expression);
            case Call call ->
                CHEAP.contains(call.function())
                        && sameScale(call.arguments())
                        && call.arguments().stream().allMatch(LogicWriter::isCheap);
            default -> false;
        };
    }

    private static boolean isPrimitive(Expression expression) {
        Form form = Form.of(expression.type());
        return form != Form.BIG && form != Form.BYTES && form != Form.OBJECT;
    }

    private static boolean sameScale(List<Expression> expressions) {
        return expressions.stream().map(e -> Digits.scale(e.type())).distinct().count() <= 1;
    }
}
