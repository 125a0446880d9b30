package io.millrace.sql.lower;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.sql.coercion.Coercion;
import io.millrace.sql.error.SqlErrors;
import java.util.List;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The four operations, with their arguments in the order and types that the plan wants. */
final class Arithmetic {

    Expression plus(List<Expression> operands, DataType type, boolean nullable) {
        boolean intervalFirst = operands.get(0).type() instanceof IntervalType && !(type instanceof IntervalType);
        List<Expression> ordered = intervalFirst ? operands.reversed() : operands;
        return new Call(ScalarFunction.PLUS, times(ordered, type), type, nullable);
    }

    Expression minus(List<Expression> operands, DataType type, boolean nullable, SqlParserPos pos) {
        boolean difference = type instanceof IntervalType && !(operands.get(0).type() instanceof IntervalType);
        if (!difference) {
            return new Call(ScalarFunction.MINUS, times(operands, type), type, nullable);
        }
        if (((IntervalType) type).months()) {
            throw SqlErrors.unsupported(
                    "a difference of times in months is not supported", "use TIMESTAMPDIFF(MONTH, from, to)", pos);
        }
        DataType common = Coercion.common(operands);
        List<Expression> alike =
                operands.stream().map(o -> Coercion.to(common, o)).toList();
        return new Call(ScalarFunction.MINUS, alike, type, nullable);
    }

    Expression multiply(List<Expression> operands, DataType type, boolean nullable) {
        boolean intervalLast = operands.get(1).type() instanceof IntervalType;
        return scale(ScalarFunction.MULTIPLY, intervalLast ? operands.reversed() : operands, type, nullable);
    }

    /** Multiplies or divides numbers, or an interval by a number. */
    Expression scale(ScalarFunction function, List<Expression> operands, DataType type, boolean nullable) {
        if (type instanceof IntervalType) {
            return new Call(function, operands, type, nullable);
        }
        return new Call(function, numbers(operands, type), type, nullable);
    }

    /** The remainder, computed in a type that holds both: it fits the divisor's. */
    Expression modulo(List<Expression> operands, DataType type, boolean nullable) {
        DataType common = Coercion.common(operands);
        if (common instanceof DecimalType) {
            return new Call(ScalarFunction.MOD, numbers(operands, type), type, nullable);
        }
        List<Expression> alike =
                operands.stream().map(o -> Coercion.to(common, o)).toList();
        return Coercion.to(type, new Call(ScalarFunction.MOD, alike, common, nullable));
    }

    /** Numbers, or a time first and an interval second. */
    private static List<Expression> times(List<Expression> operands, DataType type) {
        if (type instanceof IntervalType) {
            return operands;
        }
        if (operands.get(1).type() instanceof IntervalType) {
            return List.of(Coercion.to(type, operands.get(0)), operands.get(1));
        }
        return numbers(operands, type);
    }

    /**
     * Brings numbers to the result's type. Decimals keep their own digits, or a product would first round
     * its factors; integers become the decimals that hold them.
     */
    private static List<Expression> numbers(List<Expression> operands, DataType type) {
        return operands.stream()
                .map(operand -> {
                    if (!(type instanceof DecimalType)) {
                        return Coercion.to(type, operand);
                    }
                    boolean exact = operand.type() instanceof IntegerType || operand.type() instanceof DecimalType;
                    return Coercion.to(exact ? Coercion.decimal(operand.type()) : type, operand);
                })
                .toList();
    }
}
