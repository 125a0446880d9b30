package io.millrace.plan.text;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Case;
import io.millrace.plan.expression.Expression.Cast;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.Expression.FieldAccess;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.Expression.Parameter;
import io.millrace.plan.expression.Expression.UserCall;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.type.DataType.RowType;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An expression in the manner of SQL, every operator in brackets of its own. */
public final class ExpressionText {

    private ExpressionText() {}

    /**
     * Renders an expression.
     *
     * @param columns what to write for a column of the input row
     */
    public static String render(Expression expression, IntFunction<String> columns) {
        return switch (expression) {
            case Literal literal -> LiteralText.render(literal);
            case Column column -> columns.apply(column.index());
            case Parameter parameter -> "$" + (parameter.index() + 1);
            case Call call -> call(call, columns);
            case UserCall call ->
                call.function().name()
                        + call.arguments().stream()
                                .map(argument -> render(argument, columns))
                                .collect(Collectors.joining(", ", "(", ")"));
            case Cast cast ->
                (cast.safe() ? "TRY_CAST(" : "CAST(") + render(cast.operand(), columns) + " AS " + cast.type() + ")";
            case Case branches -> branches(branches, columns);
            case FieldAccess access ->
                render(access.row(), columns) + "."
                        + ((RowType) access.row().type()).field(access.field()).name();
        };
    }

    /** Renders an expression over rows of this type, columns by name. */
    public static String render(Expression expression, RowType input) {
        return render(expression, index -> input.field(index).name());
    }

    private static String branches(Case expression, IntFunction<String> columns) {
        StringBuilder text = new StringBuilder("CASE");
        for (Case.Branch branch : expression.branches()) {
            text.append(" WHEN ").append(render(branch.condition(), columns));
            text.append(" THEN ").append(render(branch.value(), columns));
        }
        return text.append(" ELSE ")
                .append(render(expression.otherwise(), columns))
                .append(" END")
                .toString();
    }

    private static String call(Call call, IntFunction<String> columns) {
        List<String> arguments =
                call.arguments().stream().map(a -> render(a, columns)).toList();
        String infix = infix(call.function());
        if (infix != null && arguments.size() > 1) {
            return arguments.stream().collect(Collectors.joining(" " + infix + " ", "(", ")"));
        }
        String suffix = suffix(call.function());
        if (suffix != null) {
            return "(" + arguments.getFirst() + " " + suffix + ")";
        }
        return call.function() + "(" + String.join(", ", arguments) + ")";
    }

    private static @Nullable String infix(ScalarFunction function) {
        return switch (function) {
            case AND -> "AND";
            case OR -> "OR";
            case EQUAL -> "=";
            case NOT_EQUAL -> "<>";
            case LESS -> "<";
            case LESS_OR_EQUAL -> "<=";
            case GREATER -> ">";
            case GREATER_OR_EQUAL -> ">=";
            case PLUS -> "+";
            case MINUS -> "-";
            case MULTIPLY -> "*";
            case DIVIDE -> "/";
            case CONCAT -> "||";
            case IS_DISTINCT_FROM -> "IS DISTINCT FROM";
            case IS_NOT_DISTINCT_FROM -> "IS NOT DISTINCT FROM";
            default -> null;
        };
    }

    private static @Nullable String suffix(ScalarFunction function) {
        return switch (function) {
            case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_FALSE, IS_NOT_TRUE, IS_NOT_FALSE ->
                function.name().replace('_', ' ');
            default -> null;
        };
    }
}
