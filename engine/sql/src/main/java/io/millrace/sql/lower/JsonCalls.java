package io.millrace.sql.lower;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Case;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.sql.coercion.Coercion;
import io.millrace.sql.function.JsonOperators;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlJsonEmptyOrError;
import org.apache.calcite.sql.SqlJsonExistsErrorBehavior;
import org.apache.calcite.sql.SqlJsonQueryEmptyOrErrorBehavior;
import org.apache.calcite.sql.SqlJsonQueryWrapperBehavior;
import org.apache.calcite.sql.SqlJsonValueEmptyOrErrorBehavior;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** SQL's functions and PostgreSQL's operators over JSON text. What is not there, or does not fit, is NULL unless the call says else. */
final class JsonCalls {

    private static final String EMPTY = "EMPTY";
    private static final String ERROR = "ERROR";

    private JsonCalls() {}

    @SuppressWarnings("ReferenceEquality") // operators are constants
    static boolean serves(SqlOperator operator) {
        return operator == SqlStdOperatorTable.JSON_VALUE_EXPRESSION
                || operator.getName().startsWith("JSON_")
                || JsonOperators.ALL.contains(operator);
    }

    static Expression lower(RexCall call, ExpressionLowering expressions) {
        return switch (call.getOperator().getName()) {
            case "FORMAT JSON" -> expressions.operand(call, 0);
            case "JSON_VALUE" -> value(call, expressions);
            case "JSON_QUERY" -> part(call, expressions);
            case "JSON_EXISTS" -> exists(call, expressions);
            case "JSON_OBJECT", "JSON_ARRAY" -> JsonConstructors.lower(call, expressions);
            case "->" -> step(ScalarFunction.JSON_PART, call, expressions);
            case "->>" -> step(ScalarFunction.JSON_PART_TEXT, call, expressions);
            case "TO_JSON", "TO_JSONB" ->
                JsonConstructors.json(call.getOperands().getFirst(), expressions.operand(call, 0));
            default -> is(call, expressions);
        };
    }

    private static Expression step(ScalarFunction function, RexCall call, ExpressionLowering expressions) {
        Expression text = Coercion.to(DataType.VARCHAR, expressions.operand(call, 0));
        Expression step = expressions.operand(call, 1);
        Expression plain = step.type() instanceof CharacterType ? Coercion.to(DataType.VARCHAR, step) : step;
        return new Call(function, List.of(text, plain), DataType.VARCHAR, true);
    }

    /** {@code IS [NOT] JSON kind}. */
    private static Expression is(RexCall call, ExpressionLowering expressions) {
        String name = call.getOperator().getName();
        if (!JsonOperators.ALL.contains(call.getOperator())) {
            throw ExpressionLowering.unsupported(call);
        }
        Expression text = Coercion.to(DataType.VARCHAR, expressions.operand(call, 0));
        Literal kind = text(name.substring(name.lastIndexOf(' ') + 1));
        Expression is = new Call(ScalarFunction.IS_JSON, List.of(text, kind), DataType.BOOLEAN, text.nullable());
        return name.startsWith("IS NOT")
                ? new Call(ScalarFunction.NOT, List.of(is), DataType.BOOLEAN, text.nullable())
                : is;
    }

    private static Expression value(RexCall call, ExpressionLowering expressions) {
        List<Expression> arguments = arguments(call, expressions);
        DataType wanted = ExpressionLowering.type(call);
        DataType type = wanted instanceof CharacterType ? DataType.VARCHAR : wanted;
        Expression text = new Call(ScalarFunction.JSON_VALUE, arguments, DataType.VARCHAR, true);
        Expression value = type instanceof CharacterType ? text : Coercion.explicit(type, text, true, true);
        Expression empty = null;
        Expression error = null;
        List<RexNode> operands = call.getOperands();
        for (int i = 2; i < operands.size(); i++) {
            if (symbol(operands.get(i)) instanceof SqlJsonValueEmptyOrErrorBehavior behavior) {
                boolean byDefault = behavior == SqlJsonValueEmptyOrErrorBehavior.DEFAULT;
                Expression given = byDefault ? expressions.operand(call, ++i) : null;
                boolean onEmpty = symbol(operands.get(++i)) == SqlJsonEmptyOrError.EMPTY;
                Expression answer = switch (behavior) {
                    case NULL -> null;
                    case ERROR -> failure(type, onEmpty);
                    case DEFAULT -> Coercion.explicit(type, java.util.Objects.requireNonNull(given), true, false);
                };
                empty = onEmpty ? answer : empty;
                error = onEmpty ? error : answer;
            }
        }
        return instead(arguments, value, text, type, empty, error);
    }

    /**
     * Returns a value, or what is in its place where nothing is at the path, or where the text is no JSON, what is there
     * nested, or its text none of the type.
     */
    private static Expression instead(
            List<Expression> arguments,
            Expression value,
            Expression text,
            DataType type,
            @Nullable Expression empty,
            @Nullable Expression error) {
        List<Case.Branch> branches = new ArrayList<>();
        if (empty != null) {
            branches.add(new Case.Branch(found(arguments, EMPTY), empty));
        }
        if (error != null) {
            branches.add(new Case.Branch(found(arguments, ERROR), error));
            branches.add(new Case.Branch(found(arguments, "NESTED"), error));
            if (!(type instanceof CharacterType)) {
                branches.add(new Case.Branch(
                        and(is(ScalarFunction.IS_NOT_NULL, text), is(ScalarFunction.IS_NULL, value)), error));
            }
        }
        return branches.isEmpty() ? value : new Case(branches, value, type, true);
    }

    private static Expression part(RexCall call, ExpressionLowering expressions) {
        List<Expression> arguments = arguments(call, expressions);
        Expression part = new Call(ScalarFunction.JSON_QUERY, arguments, DataType.VARCHAR, true);
        Expression wrapped = part;
        Expression empty = null;
        Expression error = null;
        List<RexNode> operands = call.getOperands();
        if (symbol(operands.get(2)) instanceof SqlJsonQueryWrapperBehavior wrapper) {
            wrapped = wrapped(wrapper, part, arguments);
        }
        if (symbol(operands.get(3)) instanceof SqlJsonQueryEmptyOrErrorBehavior behavior) {
            empty = answer(behavior, true);
        }
        if (symbol(operands.get(4)) instanceof SqlJsonQueryEmptyOrErrorBehavior behavior) {
            error = answer(behavior, false);
        }
        List<Case.Branch> branches = new ArrayList<>();
        if (empty != null) {
            branches.add(new Case.Branch(found(arguments, EMPTY), empty));
        }
        if (error != null) {
            branches.add(new Case.Branch(found(arguments, ERROR), error));
        }
        return branches.isEmpty() ? wrapped : new Case(branches, wrapped, DataType.VARCHAR, true);
    }

    /** A wrapper on condition is around what is not nested. */
    private static Expression wrapped(
            SqlJsonQueryWrapperBehavior wrapper, Expression part, List<Expression> arguments) {
        Expression array = new Call(ScalarFunction.CONCAT, List.of(text("["), part, text("]")), DataType.VARCHAR, true);
        return switch (wrapper) {
            case WITHOUT_ARRAY -> part;
            case WITH_UNCONDITIONAL_ARRAY -> array;
            case WITH_CONDITIONAL_ARRAY ->
                new Case(List.of(new Case.Branch(found(arguments, "NESTED"), part)), array, DataType.VARCHAR, true);
        };
    }

    private static @Nullable Expression answer(SqlJsonQueryEmptyOrErrorBehavior behavior, boolean onEmpty) {
        return switch (behavior) {
            case NULL -> null;
            case ERROR -> failure(DataType.VARCHAR, onEmpty);
            case EMPTY_ARRAY -> text("[]");
            case EMPTY_OBJECT -> text("{}");
        };
    }

    private static Expression exists(RexCall call, ExpressionLowering expressions) {
        List<Expression> arguments = arguments(call, expressions);
        boolean nullable = arguments.stream().anyMatch(Expression::nullable);
        Expression exists = new Call(ScalarFunction.JSON_EXISTS, arguments, DataType.BOOLEAN, nullable);
        if (call.getOperands().size() < 3
                || !(symbol(call.getOperands().get(2)) instanceof SqlJsonExistsErrorBehavior behavior)) {
            return exists;
        }
        Expression error = switch (behavior) {
            case TRUE -> new Literal(true, DataType.BOOLEAN);
            case FALSE -> null;
            case UNKNOWN -> new Literal(null, DataType.BOOLEAN);
            case ERROR -> failure(DataType.BOOLEAN, false);
        };
        return error == null
                ? exists
                : new Case(List.of(new Case.Branch(found(arguments, ERROR), error)), exists, DataType.BOOLEAN, true);
    }

    private static Expression found(List<Expression> arguments, String what) {
        Expression found = new Call(ScalarFunction.JSON_FOUND, arguments, DataType.VARCHAR, true);
        return new Call(ScalarFunction.EQUAL, List.of(found, text(what)), DataType.BOOLEAN, true);
    }

    /** Fails where it is evaluated. */
    private static Expression failure(DataType type, boolean empty) {
        Literal reason = text(
                empty
                        ? "nothing is at the path in JSON text"
                        : "the text is no JSON, or what is at the path does not fit");
        return new Call(ScalarFunction.NOT_NULL, List.of(new Literal(null, type), reason), type, false);
    }

    private static Expression is(ScalarFunction test, Expression value) {
        return new Call(test, List.of(value), DataType.BOOLEAN, false);
    }

    private static Expression and(Expression left, Expression right) {
        return new Call(ScalarFunction.AND, List.of(left, right), DataType.BOOLEAN, false);
    }

    static Literal text(String value) {
        return new Literal(value, DataType.VARCHAR);
    }

    private static @Nullable Object symbol(RexNode node) {
        return node instanceof RexLiteral literal ? literal.getValue() : null;
    }

    private static List<Expression> arguments(RexCall call, ExpressionLowering expressions) {
        Expression path = expressions.operand(call, 1);
        return List.of(Coercion.to(DataType.VARCHAR, expressions.operand(call, 0)), plain(path));
    }

    /** Returns a path without its mode: what strict and lax differ in, automatic arrays, is in neither here. */
    private static Expression plain(Expression path) {
        if (path instanceof Literal literal && literal.value() instanceof String text) {
            return new Literal(text.strip().replaceFirst("^(?i)(lax|strict)\\s+", ""), DataType.VARCHAR);
        }
        return Coercion.to(DataType.VARCHAR, path);
    }
}
