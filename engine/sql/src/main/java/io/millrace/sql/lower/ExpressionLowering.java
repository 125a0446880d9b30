package io.millrace.sql.lower;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Case;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.Expression.FieldAccess;
import io.millrace.plan.expression.Expression.Parameter;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.coercion.Coercion;
import io.millrace.sql.coercion.Narrowing;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.function.Builtin;
import io.millrace.sql.function.Builtins;
import io.millrace.sql.function.UserOperator;
import io.millrace.sql.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Expressions over the rows of one input. All casts come out written. */
@SuppressWarnings("ReferenceEquality") // operators are constants
final class ExpressionLowering {

    private final RowType input;
    private final Map<RexOver, Integer> overs;
    private final Function<Scope.Reference, Column> references;
    private final Function<RexSubQuery, @Nullable Expression> subqueries;
    private final int first;
    private final Arithmetic arithmetic = new Arithmetic();
    private final SpecialCalls special = new SpecialCalls();

    ExpressionLowering(RowType input) {
        this(input, Map.of());
    }

    /** @param overs columns that hold what OVER computes */
    ExpressionLowering(RowType input, Map<RexOver, Integer> overs) {
        this(input, overs, ExpressionLowering::noReference, query -> null, 0);
    }

    /**
     * @param input the columns
     * @param references what a reference to a query around this one means
     * @param subqueries the values of subqueries
     */
    ExpressionLowering(
            RowType input,
            Function<Scope.Reference, Column> references,
            Function<RexSubQuery, @Nullable Expression> subqueries) {
        this(input, references, subqueries, 0);
    }

    /** As the other, the first column being this one of the input. */
    ExpressionLowering(
            RowType input,
            Function<Scope.Reference, Column> references,
            Function<RexSubQuery, @Nullable Expression> subqueries,
            int first) {
        this(input, Map.of(), references, subqueries, first);
    }

    private ExpressionLowering(
            RowType input,
            Map<RexOver, Integer> overs,
            Function<Scope.Reference, Column> references,
            Function<RexSubQuery, @Nullable Expression> subqueries,
            int first) {
        this.input = input;
        this.overs = overs;
        this.references = references;
        this.subqueries = subqueries;
        this.first = first;
    }

    private static Column noReference(Scope.Reference reference) {
        throw new MillraceException(
                ErrorCode.UNSUPPORTED,
                "OVER beside a reference to the query around a subquery is not supported",
                "compute it in a subquery in FROM, and use its column");
    }

    Expression lower(RexNode node) {
        return switch (node) {
            case RexLiteral literal -> Literals.lower(literal);
            case RexInputRef reference -> column(first + reference.getIndex());
            case RexDynamicParam parameter ->
                new Parameter(parameter.getIndex(), Types.fromCalcite(parameter.getType()), true);
            case RexFieldAccess access -> access(access);
            case RexOver over -> over(over);
            case RexSubQuery query -> subquery(query);
            case RexCall call -> call(call);
            default -> throw new IllegalStateException("expression " + node);
        };
    }

    private Column over(RexOver over) {
        Integer place = overs.get(over);
        if (place == null) {
            throw SqlErrors.unsupported(
                    "OVER is not supported here",
                    "compute it in a subquery in FROM, and use its column",
                    over.getParserPosition());
        }
        return column(place);
    }

    private Column column(int index) {
        Field field = input.field(index);
        return new Column(index, field.type(), field.nullable());
    }

    private Expression subquery(RexSubQuery query) {
        Expression value = subqueries.apply(query);
        if (value == null) {
            throw SqlErrors.unsupported(
                    "a subquery is not supported here", "put it into FROM, or into WHERE", query.getParserPosition());
        }
        return value;
    }

    private Expression access(RexFieldAccess access) {
        if (access.getReferenceExpr() instanceof RexCorrelVariable variable) {
            return references.apply(
                    new Scope.Reference(variable.id, access.getField().getIndex()));
        }
        Expression row = lower(access.getReferenceExpr());
        int field = access.getField().getIndex();
        return new FieldAccess(
                row,
                field,
                row.nullable() || ((RowType) row.type()).field(field).nullable());
    }

    private Expression call(RexCall call) {
        if (call.getType().getSqlTypeName() == SqlTypeName.NULL) {
            return new Expression.Literal(null, type(call));
        }
        if (call.getOperator() instanceof UserOperator function) {
            return UserCalls.lower(function.definition(), operands(call), nullable(call), call.getParserPosition());
        }
        Builtin builtin = Builtins.find(call.getOperator());
        if (builtin != null) {
            return builtin(builtin, call);
        }
        return switch (call.getKind()) {
            case AND -> function(ScalarFunction.AND, call);
            case OR -> function(ScalarFunction.OR, call);
            case NOT -> function(ScalarFunction.NOT, call);
            case IS_NULL -> function(ScalarFunction.IS_NULL, call);
            case IS_NOT_NULL -> function(ScalarFunction.IS_NOT_NULL, call);
            case IS_TRUE -> function(ScalarFunction.IS_TRUE, call);
            case IS_FALSE -> function(ScalarFunction.IS_FALSE, call);
            case IS_NOT_TRUE -> function(ScalarFunction.IS_NOT_TRUE, call);
            case IS_NOT_FALSE -> function(ScalarFunction.IS_NOT_FALSE, call);
            case EQUALS -> compare(ScalarFunction.EQUAL, call);
            case NOT_EQUALS -> compare(ScalarFunction.NOT_EQUAL, call);
            case LESS_THAN -> compare(ScalarFunction.LESS, call);
            case LESS_THAN_OR_EQUAL -> compare(ScalarFunction.LESS_OR_EQUAL, call);
            case GREATER_THAN -> compare(ScalarFunction.GREATER, call);
            case GREATER_THAN_OR_EQUAL -> compare(ScalarFunction.GREATER_OR_EQUAL, call);
            case IS_DISTINCT_FROM -> compare(ScalarFunction.IS_DISTINCT_FROM, call);
            case IS_NOT_DISTINCT_FROM -> compare(ScalarFunction.IS_NOT_DISTINCT_FROM, call);
            case CAST -> Coercion.explicit(type(call), operand(call, 0), nullable(call), false);
            case SAFE_CAST -> Coercion.explicit(type(call), operand(call, 0), true, true);
            case CASE -> branches(call);
            case COALESCE -> coalesce(call);
            case LIKE -> like(call);
            case SIMILAR -> function(ScalarFunction.SIMILAR_TO, call);
            case ITEM -> item(call);
            case ROW -> new Call(ScalarFunction.ROW, operands(call), named(type(call)), nullable(call));
            case ARRAY_VALUE_CONSTRUCTOR -> array(call);
            case MAP_VALUE_CONSTRUCTOR -> map(call);
            case PLUS, CHECKED_PLUS -> arithmetic.plus(operands(call), type(call), nullable(call));
            case MINUS, CHECKED_MINUS ->
                arithmetic.minus(operands(call), type(call), nullable(call), call.getParserPosition());
            case TIMES, CHECKED_TIMES -> arithmetic.multiply(operands(call), type(call), nullable(call));
            case DIVIDE, CHECKED_DIVIDE ->
                arithmetic.scale(ScalarFunction.DIVIDE, operands(call), type(call), nullable(call));
            case MOD -> arithmetic.modulo(operands(call), type(call), nullable(call));
            case MINUS_PREFIX, CHECKED_MINUS_PREFIX -> function(ScalarFunction.NEGATE, call);
            default -> special(call);
        };
    }

    private Expression special(RexCall call) {
        if (call.getOperator() == SqlStdOperatorTable.CARDINALITY) {
            return function(ScalarFunction.CARDINALITY, call);
        }
        return special.lower(call, this);
    }

    List<Expression> operands(RexCall call) {
        return call.getOperands().stream().map(this::lower).toList();
    }

    Expression operand(RexCall call, int place) {
        return lower(call.getOperands().get(place));
    }

    static DataType type(RexNode node) {
        return Types.fromCalcite(node.getType());
    }

    static boolean nullable(RexNode node) {
        return node.getType().isNullable();
    }

    /** The fields of ROW(…) have no names; they get PostgreSQL's. */
    private static DataType named(DataType type) {
        if (!(type instanceof RowType row)) {
            return type;
        }
        List<Field> fields = new ArrayList<>();
        for (Field field : row.fields()) {
            boolean unnamed = field.name().equals("EXPR$" + fields.size());
            String name = unnamed ? "f" + (fields.size() + 1) : field.name();
            fields.add(new Field(name, named(field.type()), field.nullable()));
        }
        return new RowType(fields);
    }

    private Expression function(ScalarFunction function, RexCall call) {
        return new Call(function, operands(call), type(call), nullable(call));
    }

    private Expression builtin(Builtin builtin, RexCall call) {
        List<Integer> places = builtin.places(call.getOperands().size());
        List<Expression> arguments = new ArrayList<>();
        for (int place : places) {
            Expression argument = operand(call, place);
            DataType wanted = builtin.parameters().get(place).type(argument);
            arguments.add(wanted == null ? argument : Coercion.to(wanted, argument));
        }
        return SpecialCalls.complete(
                builtin.function(), arguments, type(call), nullable(call), call.getParserPosition());
    }

    private Expression compare(ScalarFunction function, RexCall call) {
        List<Expression> operands = Narrowing.withoutCasts(operands(call));
        DataType common = Coercion.common(operands);
        return new Call(
                function,
                operands.stream().map(o -> Coercion.to(common, o)).toList(),
                DataType.BOOLEAN,
                nullable(call));
    }

    private Expression branches(RexCall call) {
        DataType type = type(call);
        List<Case.Branch> branches = new ArrayList<>();
        List<Expression> operands = operands(call);
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            branches.add(new Case.Branch(
                    Coercion.to(DataType.BOOLEAN, operands.get(i)), Coercion.to(type, operands.get(i + 1))));
        }
        return new Case(branches, Coercion.to(type, operands.getLast()), type, nullable(call));
    }

    /** What JOIN … USING makes of a column that both sides have. */
    private Expression coalesce(RexCall call) {
        DataType type = type(call);
        List<Expression> operands = operands(call);
        List<Case.Branch> branches = new ArrayList<>();
        for (Expression operand : operands.subList(0, operands.size() - 1)) {
            Expression known = new Call(ScalarFunction.IS_NOT_NULL, List.of(operand), DataType.BOOLEAN, false);
            branches.add(new Case.Branch(known, Coercion.to(type, operand)));
        }
        return new Case(branches, Coercion.to(type, operands.getLast()), type, nullable(call));
    }

    private Expression like(RexCall call) {
        boolean exact = !(call.getOperator() instanceof SqlLikeOperator like) || like.isCaseSensitive();
        return function(exact ? ScalarFunction.LIKE : ScalarFunction.ILIKE, call);
    }

    private Expression item(RexCall call) {
        Expression collection = operand(call, 0);
        Expression key = operand(call, 1);
        DataType wanted = switch (collection.type()) {
            case DataType.ArrayType array -> DataType.INTEGER;
            case DataType.MapType map -> map.key();
            default ->
                throw SqlErrors.unsupported(
                        "[ ] of " + collection.type() + " is not supported",
                        "use it on an ARRAY or a MAP, and a dot for the field of a ROW",
                        call.getParserPosition());
        };
        DataType type = switch (collection.type()) {
            case DataType.ArrayType array -> array.element();
            case DataType.MapType map -> map.value();
            default -> type(call);
        };
        return new Call(ScalarFunction.ITEM, List.of(collection, Coercion.to(wanted, key)), type, true);
    }

    private Expression array(RexCall call) {
        DataType.ArrayType type = (DataType.ArrayType) type(call);
        return new Call(
                ScalarFunction.ARRAY,
                operands(call).stream().map(o -> Coercion.to(type.element(), o)).toList(),
                type,
                nullable(call));
    }

    private Expression map(RexCall call) {
        DataType.MapType type = (DataType.MapType) type(call);
        List<Expression> arguments = new ArrayList<>();
        for (Expression operand : operands(call)) {
            arguments.add(Coercion.to(arguments.size() % 2 == 0 ? type.key() : type.value(), operand));
        }
        return new Call(ScalarFunction.MAP, arguments, type, nullable(call));
    }

    /** Says that a call has no meaning here. */
    static RuntimeException unsupported(RexCall call) {
        String name = call.getOperator().getName();
        return SqlErrors.unsupported(
                call.getKind() == SqlKind.OTHER_FUNCTION
                        ? "function " + name + " is not supported"
                        : name + " is not supported",
                "see SHOW FUNCTIONS for what there is",
                call.getParserPosition());
    }
}
