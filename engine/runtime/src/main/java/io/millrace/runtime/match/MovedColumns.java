package io.millrace.runtime.match;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Case;
import io.millrace.plan.expression.Expression.Cast;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.Expression.FieldAccess;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.Expression.Parameter;
import io.millrace.plan.expression.Expression.UserCall;

/** Expressions over a row that has other columns before its own. */
final class MovedColumns {

    private MovedColumns() {}

    static Expression by(Expression expression, int places) {
        return switch (expression) {
            case Literal literal -> literal;
            case Parameter parameter -> parameter;
            case Column column -> new Column(column.index() + places, column.type(), column.nullable());
            case Call call ->
                new Call(
                        call.function(),
                        call.arguments().stream().map(a -> by(a, places)).toList(),
                        call.type(),
                        call.nullable());
            case UserCall call ->
                new UserCall(
                        call.function(),
                        call.arguments().stream().map(a -> by(a, places)).toList(),
                        call.type(),
                        call.nullable());
            case Cast cast -> new Cast(by(cast.operand(), places), cast.type(), cast.nullable(), cast.safe());
            case Case c ->
                new Case(
                        c.branches().stream()
                                .map(b -> new Case.Branch(by(b.condition(), places), by(b.value(), places)))
                                .toList(),
                        by(c.otherwise(), places),
                        c.type(),
                        c.nullable());
            case FieldAccess access -> new FieldAccess(by(access.row(), places), access.field(), access.nullable());
        };
    }
}
