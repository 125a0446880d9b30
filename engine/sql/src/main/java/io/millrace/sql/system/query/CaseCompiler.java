package io.millrace.sql.system.query;

import io.millrace.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlCase;

/** Compiles both forms of CASE. */
final class CaseCompiler {

    private final ExpressionCompiler expressions;

    CaseCompiler(ExpressionCompiler expressions) {
        this.expressions = expressions;
    }

    Expression compile(SqlCase choice) {
        List<Expression> conditions = new ArrayList<>();
        SqlNode operand = choice.getValueOperand();
        Expression value = operand == null ? null : expressions.compile(operand);
        for (SqlNode when : choice.getWhenOperands()) {
            Expression condition = expressions.compile(when);
            conditions.add(value == null ? condition : Operators.comparison(SqlKind.EQUALS, value, condition));
        }
        List<Expression> results = expressions.compileAll(choice.getThenOperands());
        SqlNode otherwise = choice.getElseOperand();
        results.add(
                otherwise == null
                        ? new Expression(DataType.VARCHAR, true, frame -> null)
                        : expressions.compile(otherwise));
        boolean untyped = results.stream().allMatch(Expression::untyped);
        return new Expression(
                Types.common(results),
                untyped,
                frame -> chosen(conditions, results, frame).value(frame));
    }

    private static Expression chosen(List<Expression> conditions, List<Expression> results, Frame frame) {
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i).holds(frame)) {
                return results.get(i);
            }
        }
        return results.getLast();
    }
}
