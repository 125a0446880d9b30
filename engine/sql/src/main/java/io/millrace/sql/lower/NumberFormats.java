package io.millrace.sql.lower;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.NumberPattern;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.type.DataType;
import io.millrace.sql.coercion.Coercion;
import io.millrace.sql.error.SqlErrors;
import java.util.List;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code TO_CHAR} of numbers and {@code TO_NUMBER}. */
final class NumberFormats {

    private NumberFormats() {}

    /** A constant pattern is looked at at once; one from data when its row comes. */
    static Expression write(Expression number, Expression pattern, boolean nullable, SqlParserPos pos) {
        if (pattern instanceof Literal literal && literal.value() instanceof String text) {
            checked(text, pos);
        }
        Expression text = Coercion.to(DataType.VARCHAR, pattern);
        return new Call(ScalarFunction.FORMAT_NUMBER, List.of(number, text), DataType.VARCHAR, nullable);
    }

    static Expression read(List<Expression> arguments, DataType type, boolean nullable, SqlParserPos pos) {
        String text = SpecialCalls.constant(arguments.get(1), "TO_NUMBER", pos);
        NumberPattern pattern = checked(text, pos);
        int digits = pattern.whole() + pattern.fraction() + pattern.shift();
        boolean readable = digits >= 1
                && digits <= DataType.DECIMAL_PRECISION_MAX
                && !pattern.has(NumberPattern.Kind.ROMAN)
                && !pattern.has(NumberPattern.Kind.EXPONENT);
        if (!readable) {
            throw SqlErrors.at(
                    ErrorCode.INVALID_ARGUMENT,
                    "TO_NUMBER reads no number by the pattern '" + text + "'",
                    "write from 1 to " + DataType.DECIMAL_PRECISION_MAX + " digits, and neither RN nor EEEE",
                    pos);
        }
        return new Call(ScalarFunction.PARSE_NUMBER, arguments, type, nullable);
    }

    private static NumberPattern checked(String pattern, SqlParserPos pos) {
        try {
            return NumberPattern.of(pattern);
        } catch (RowFailure e) {
            throw SqlErrors.at(
                    ErrorCode.INVALID_ARGUMENT, e.reason(), "put text into double quotes within the pattern", pos);
        }
    }
}
