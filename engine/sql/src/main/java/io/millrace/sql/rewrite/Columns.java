package io.millrace.sql.rewrite;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Case;
import io.millrace.plan.expression.Expression.Cast;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.Expression.FieldAccess;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.Expression.Parameter;
import io.millrace.plan.expression.Expression.UserCall;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.coercion.Coercion;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/** The columns that expressions refer to. */
public final class Columns {

    private Columns() {}

    /** Returns the expression with something else in place of each column. */
    public static Expression substitute(Expression expression, IntFunction<Expression> replacement) {
        return switch (expression) {
            case Column column -> replacement.apply(column.index());
            case Literal literal -> literal;
            case Parameter parameter -> parameter;
            case Call call ->
                new Call(
                        call.function(),
                        call.arguments().stream()
                                .map(a -> substitute(a, replacement))
                                .toList(),
                        call.type(),
                        call.nullable());
            case UserCall call ->
                new UserCall(
                        call.function(),
                        call.arguments().stream()
                                .map(a -> substitute(a, replacement))
                                .toList(),
                        call.type(),
                        call.nullable());
            case Cast cast -> cast(cast, substitute(cast.operand(), replacement));
            case Case c -> branches(c, replacement);
            case FieldAccess access ->
                new FieldAccess(substitute(access.row(), replacement), access.field(), access.nullable());
        };
    }

    /** A constant in place of a column may need no cast at run time. */
    private static Expression cast(Cast cast, Expression operand) {
        return operand instanceof Literal && !cast.safe()
                ? Coercion.explicit(cast.type(), operand, cast.nullable(), false)
                : new Cast(operand, cast.type(), cast.nullable(), cast.safe());
    }

    private static Case branches(Case expression, IntFunction<Expression> replacement) {
        List<Case.Branch> branches = expression.branches().stream()
                .map(b -> new Case.Branch(substitute(b.condition(), replacement), substitute(b.value(), replacement)))
                .toList();
        return new Case(
                branches, substitute(expression.otherwise(), replacement), expression.type(), expression.nullable());
    }

    /** Returns the expression with its columns at other places. */
    public static Expression move(Expression expression, IntUnaryOperator place, RowType input) {
        return substitute(expression, index -> at(place.applyAsInt(index), input));
    }

    /** Adds the columns that an expression refers to. */
    static void collect(Expression expression, BitSet columns) {
        switch (expression) {
            case Column column -> columns.set(column.index());
            case Literal literal -> {}
            case Parameter parameter -> {}
            case Call call -> call.arguments().forEach(a -> collect(a, columns));
            case UserCall call -> call.arguments().forEach(a -> collect(a, columns));
            case Cast cast -> collect(cast.operand(), columns);
            case Case c -> {
                for (Case.Branch branch : c.branches()) {
                    collect(branch.condition(), columns);
                    collect(branch.value(), columns);
                }
                collect(c.otherwise(), columns);
            }
            case FieldAccess access -> collect(access.row(), columns);
        }
    }

    public static BitSet of(Expression expression) {
        BitSet columns = new BitSet();
        collect(expression, columns);
        return columns;
    }

    /** Returns a reference to a column of rows of this type. */
    public static Column at(int index, RowType input) {
        Field field = input.field(index);
        return new Column(index, field.type(), field.nullable());
    }

    /** Returns references to the columns at these places. */
    public static List<Expression> at(List<Integer> indexes, RowType input) {
        List<Expression> columns = new ArrayList<>();
        for (int index : indexes) {
            columns.add(at(index, input));
        }
        return columns;
    }

    /** Returns the row type of these expressions under the names of another row type. */
    static RowType typed(List<Expression> expressions, List<String> names) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            fields.add(new Field(
                    names.get(i), expressions.get(i).type(), expressions.get(i).nullable()));
        }
        return new RowType(fields);
    }

    /** Returns whether it costs nothing to compute an expression twice. */
    static boolean cheap(Expression expression) {
        return switch (expression) {
            case Column column -> true;
            case Literal literal -> true;
            case Parameter parameter -> true;
            case FieldAccess access -> cheap(access.row());
            case Call call -> false;
            case UserCall call -> false;
            case Cast cast -> false;
            case Case c -> false;
        };
    }
}
