package io.millrace.sql.lower;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.sql.coercion.Coercion;
import io.millrace.sql.error.SqlErrors;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlJsonEmptyOrError;
import org.apache.calcite.sql.SqlJsonExistsErrorBehavior;
import org.apache.calcite.sql.SqlJsonQueryEmptyOrErrorBehavior;
import org.apache.calcite.sql.SqlJsonQueryWrapperBehavior;
import org.apache.calcite.sql.SqlJsonValueEmptyOrErrorBehavior;
import org.apache.calcite.sql.SqlJsonValueReturning;
import org.apache.calcite.sql.parser.SqlParserPos;

/** SQL's functions over JSON text. What is not there, or does not fit, is NULL. */
final class JsonCalls {

    private JsonCalls() {}

    static Expression lower(RexCall call, ExpressionLowering expressions) {
        return switch (call.getOperator().getName()) {
            case "JSON_VALUE_EXPRESSION" -> expressions.operand(call, 0);
            case "JSON_VALUE" -> value(call, expressions);
            case "JSON_QUERY" -> part(call, expressions);
            case "JSON_EXISTS" ->
                new Call(
                        ScalarFunction.JSON_EXISTS,
                        arguments(call, expressions),
                        DataType.BOOLEAN,
                        ExpressionLowering.nullable(call));
            default -> throw ExpressionLowering.unsupported(call);
        };
    }

    private static Expression value(RexCall call, ExpressionLowering expressions) {
        Expression text = new Call(ScalarFunction.JSON_VALUE, arguments(call, expressions), DataType.VARCHAR, true);
        DataType type = ExpressionLowering.type(call);
        return type instanceof CharacterType ? text : Coercion.explicit(type, text, true, true);
    }

    private static Expression part(RexCall call, ExpressionLowering expressions) {
        return new Call(ScalarFunction.JSON_QUERY, arguments(call, expressions), DataType.VARCHAR, true);
    }

    private static List<Expression> arguments(RexCall call, ExpressionLowering expressions) {
        for (RexNode option : call.getOperands().subList(2, call.getOperands().size())) {
            refuseUnlessDefault(option, call.getParserPosition());
        }
        Expression path = expressions.operand(call, 1);
        return List.of(Coercion.to(DataType.VARCHAR, expressions.operand(call, 0)), plain(path));
    }

    /** Returns a path without its mode: strict and lax differ only in errors, and here those are NULL. */
    private static Expression plain(Expression path) {
        if (path instanceof Literal literal && literal.value() instanceof String text) {
            return new Literal(text.strip().replaceFirst("^(?i)(lax|strict)\\s+", ""), DataType.VARCHAR);
        }
        return Coercion.to(DataType.VARCHAR, path);
    }

    private static void refuseUnlessDefault(RexNode option, SqlParserPos pos) {
        boolean fine = !(option instanceof RexLiteral literal)
                || literal.getValue() == null
                || literal.getValue() instanceof SqlJsonEmptyOrError
                || literal.getValue() instanceof SqlJsonValueReturning
                || literal.getValue() == SqlJsonValueEmptyOrErrorBehavior.NULL
                || literal.getValue() == SqlJsonQueryEmptyOrErrorBehavior.NULL
                || literal.getValue() == SqlJsonQueryWrapperBehavior.WITHOUT_ARRAY
                || literal.getValue() == SqlJsonExistsErrorBehavior.FALSE;
        if (!fine) {
            throw SqlErrors.unsupported(
                    "this option of a JSON function is not supported", "leave it out: the answer is NULL then", pos);
        }
    }
}
