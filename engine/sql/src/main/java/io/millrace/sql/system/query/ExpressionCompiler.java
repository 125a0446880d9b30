package io.millrace.sql.system.query;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.jspecify.annotations.Nullable;

/** Compiles expressions over the columns of a scope. */
final class ExpressionCompiler {

    /** Functions that SQL writes as it does names of columns. */
    static final Set<String> WITHOUT_PARENTHESES = Set.of(
            "current_catalog",
            "current_role",
            "current_schema",
            "current_timestamp",
            "current_user",
            "session_user",
            "system_user",
            "user");

    private final Scope scope;
    private final QueryCompiler queries;
    private final Subqueries subqueries;
    private final @Nullable Windows windows;

    /** Compiles expressions in which there are no window functions where {@code windows} is null. */
    ExpressionCompiler(Scope scope, QueryCompiler queries, @Nullable Windows windows) {
        this.scope = scope;
        this.queries = queries;
        this.subqueries = new Subqueries(this, scope, queries);
        this.windows = windows;
    }

    Scope scope() {
        return scope;
    }

    Expression compile(SqlNode node) {
        return switch (node) {
            case SqlLiteral literal -> Literals.compile(literal);
            case SqlDynamicParam parameter -> queries.parameters().use(parameter.getIndex());
            case SqlIdentifier identifier -> name(identifier);
            case SqlCase choice -> new CaseCompiler(this).compile(choice);
            case SqlCall call -> call(call);
            default -> throw Failures.unsupported(node, "this expression");
        };
    }

    /** A column, or a function that SQL writes without parentheses. */
    private Expression name(SqlIdentifier identifier) {
        String name = identifier.names.getLast().toLowerCase(Locale.ROOT);
        Function function = identifier.isSimple() && WITHOUT_PARENTHESES.contains(name) ? Functions.find(name) : null;
        return function == null ? scope.resolve(identifier) : function.call(List.of());
    }

    List<Expression> compileAll(Iterable<? extends SqlNode> nodes) {
        List<Expression> compiled = new ArrayList<>();
        nodes.forEach(node -> compiled.add(compile(node)));
        return compiled;
    }

    private Expression call(SqlCall call) {
        SqlKind kind = call.getKind();
        return switch (kind) {
            case AND, OR -> logic(call);
            case NOT -> Operators.not(compile(call.operand(0)));
            case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE -> is(call);
            case IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM -> distinct(call);
            case BETWEEN -> between(call);
            case LIKE, RLIKE -> like(call);
            case POSIX_REGEX_CASE_SENSITIVE, POSIX_REGEX_CASE_INSENSITIVE -> matches(call, kind);
            case PLUS, MINUS, TIMES, DIVIDE, MOD -> arithmetic(call);
            case MINUS_PREFIX -> negative(call);
            case PLUS_PREFIX -> compile(call.operand(0));
            case CAST -> cast(call);
            case ITEM -> Operators.item(compile(call.operand(0)), compile(call.operand(1)));
            case DOT -> field(call);
            case ARRAY_VALUE_CONSTRUCTOR -> array(compileAll(call.getOperandList()));
            case OVER -> window(call);
            case AS -> compile(call.operand(0));
            case IN, NOT_IN, EXISTS, SCALAR_QUERY, SELECT, UNION, VALUES, ORDER_BY, WITH, ARRAY_QUERY_CONSTRUCTOR ->
                subqueries.compile(call);
            case SOME, ALL -> subqueries.quantified(call);
            default -> operatorOrFunction(call);
        };
    }

    private Expression operatorOrFunction(SqlCall call) {
        SqlOperator operator = call.getOperator();
        if (Operators.compares(call.getKind())) {
            List<SqlNode> pairs = Conjunct.pairs(call);
            if (pairs.size() > 1) {
                return compile(SqlStdOperatorTable.AND.createCall(new SqlNodeList(pairs, call.getParserPosition())));
            }
            Expression[] sides = sides(call);
            return Operators.comparison(call.getKind(), sides[0], sides[1]);
        }
        String name = operator.getName();
        if (name.equals("||")) {
            Expression[] sides = sides(call);
            return Operators.concatenation(sides[0], sides[1]);
        }
        if (name.contains("POSIX") || name.contains("~")) {
            return matches(call, call.getKind());
        }
        if (name.equals("%")) {
            return arithmetic(call);
        }
        return function(call);
    }

    /** Compiles both operands; a parameter takes the type of the other. */
    private Expression[] sides(SqlCall call) {
        Expression a = compile(call.operand(0));
        Expression b = compile(call.operand(1));
        infer(call.operand(0), b);
        infer(call.operand(1), a);
        return new Expression[] {a, b};
    }

    void infer(SqlNode node, Expression other) {
        if (node instanceof SqlDynamicParam parameter && !other.untyped()) {
            queries.parameters().infer(parameter.getIndex(), other.type());
        }
    }

    private Expression logic(SqlCall call) {
        boolean and = call.getKind() == SqlKind.AND;
        Expression all = compile(call.operand(0));
        for (SqlNode operand : call.getOperandList().subList(1, call.operandCount())) {
            Expression a = all;
            Expression b = compile(operand);
            all = new Expression(DataType.BOOLEAN, frame -> and ? Logic.and(a, b, frame) : Logic.or(a, b, frame));
        }
        return all;
    }

    private Expression is(SqlCall call) {
        Expression operand = compile(call.operand(0));
        SqlKind kind = call.getKind();
        return new Expression(DataType.BOOLEAN, frame -> {
            Object value = operand.value(frame);
            return switch (kind) {
                case IS_NULL -> value == null;
                case IS_NOT_NULL -> value != null;
                case IS_TRUE -> Boolean.TRUE.equals(Values.truth(value));
                case IS_NOT_TRUE -> !Boolean.TRUE.equals(Values.truth(value));
                case IS_FALSE -> Boolean.FALSE.equals(Values.truth(value));
                default -> !Boolean.FALSE.equals(Values.truth(value));
            };
        });
    }

    private Expression distinct(SqlCall call) {
        Expression[] sides = sides(call);
        boolean negated = call.getKind() == SqlKind.IS_NOT_DISTINCT_FROM;
        return new Expression(DataType.BOOLEAN, frame -> {
            Object a = sides[0].value(frame);
            Object b = sides[1].value(frame);
            boolean same = (a == null || b == null) ? a == b : Values.compare(a, b) == 0;
            return same == negated;
        });
    }

    private Expression between(SqlCall call) {
        if (call.getOperator() instanceof SqlBetweenOperator operator
                && operator.flag == SqlBetweenOperator.Flag.SYMMETRIC) {
            throw Failures.unsupported(call, "SYMMETRIC");
        }
        Expression value = compile(call.operand(0));
        Expression low = Operators.comparison(SqlKind.GREATER_THAN_OR_EQUAL, value, compile(call.operand(1)));
        Expression high = Operators.comparison(SqlKind.LESS_THAN_OR_EQUAL, value, compile(call.operand(2)));
        Expression both = new Expression(DataType.BOOLEAN, frame -> Logic.and(low, high, frame));
        return call.getOperator().getName().startsWith("NOT") ? Operators.not(both) : both;
    }

    private Expression like(SqlCall call) {
        SqlLikeOperator operator = (SqlLikeOperator) call.getOperator();
        if (call.operandCount() > 2) {
            throw Failures.unsupported(call, "ESCAPE");
        }
        Expression[] sides = sides(call);
        Expression found = call.getKind() == SqlKind.RLIKE
                ? Operators.matches(sides[0], sides[1], false)
                : Operators.like(sides[0], sides[1], operator.getName().contains("ILIKE"));
        return operator.isNegated() ? Operators.not(found) : found;
    }

    private Expression matches(SqlCall call, SqlKind kind) {
        String name = call.getOperator().getName();
        boolean anyCase =
                kind == SqlKind.POSIX_REGEX_CASE_INSENSITIVE || name.contains("INSENSITIVE") || name.endsWith("*");
        boolean negated = name.startsWith("NEGATED") || name.startsWith("!");
        Expression[] sides = sides(call);
        Expression found = Operators.matches(sides[0], sides[1], anyCase);
        return negated ? Operators.not(found) : found;
    }

    private Expression arithmetic(SqlCall call) {
        Expression[] sides = sides(call);
        boolean decimal = sides[0].type() instanceof DecimalType || sides[1].type() instanceof DecimalType;
        if (decimal && call.getKind() == SqlKind.DIVIDE) {
            // How many digits a quotient gets is the planner's to say.
            throw Failures.unsupported(call, "division of DECIMAL");
        }
        SqlKind kind = call.getOperator().getName().equals("%") ? SqlKind.MOD : call.getKind();
        return Operators.arithmetic(kind, sides[0], sides[1]);
    }

    private Expression negative(SqlCall call) {
        Expression operand = compile(call.operand(0));
        return Operators.arithmetic(SqlKind.MINUS, Expression.constant(operand.type(), 0), operand);
    }

    private Expression cast(SqlCall call) {
        Expression operand = compile(call.operand(0));
        Expression cast = CastCompiler.compile(operand, (SqlDataTypeSpec) call.operand(1));
        infer(call.operand(0), cast);
        return cast;
    }

    /** A field of what a function with several columns answers: {@code (keys).n}. */
    private Expression field(SqlCall call) {
        Expression record = compile(call.operand(0));
        String name = ((SqlIdentifier) call.operand(1)).getSimple().toLowerCase(Locale.ROOT);
        return new Expression(
                DataType.INTEGER, frame -> record.value(frame) instanceof Map<?, ?> fields ? fields.get(name) : null);
    }

    private static Expression array(List<Expression> elements) {
        return new Expression(new ArrayType(Types.common(elements), true), frame -> {
            List<@Nullable Object> values = new ArrayList<>();
            elements.forEach(element -> values.add(element.value(frame)));
            return values;
        });
    }

    private Expression window(SqlCall call) {
        if (windows == null) {
            throw Failures.at(
                    call, ErrorCode.INVALID_STATEMENT, "window functions are allowed only in the SELECT list", null);
        }
        return windows.compile(call, this);
    }

    static String functionName(SqlCall call) {
        SqlOperator operator = call.getOperator();
        SqlIdentifier name = operator instanceof SqlFunction function ? function.getSqlIdentifier() : null;
        return (name == null ? operator.getName() : name.names.getLast()).toLowerCase(Locale.ROOT);
    }

    private Expression function(SqlCall call) {
        String name = functionName(call);
        if (Aggregates.contains(name) || call.getKind() == SqlKind.WITHIN_GROUP) {
            return new AggregateCompiler(this).compile(call, name);
        }
        if (name.equals("trim")) {
            return trim(call);
        }
        if (name.equals("extract")) {
            return TimeFunctions.extract(call, compile(call.operand(1)));
        }
        List<SqlNode> operands = call.getOperandList();
        Function function = Functions.find(name);
        if (function == null || operands.size() < function.min() || operands.size() > function.max()) {
            throw undefined(call, name);
        }
        return function.call(compileAll(operands));
    }

    static RuntimeException undefined(SqlCall call, String name) {
        return Failures.at(
                call,
                ErrorCode.UNDEFINED_FUNCTION,
                "function " + name + " with " + call.operandCount() + " arguments does not exist",
                null);
    }

    /** TRIM has its side first, then what to take away, then the text. */
    private Expression trim(SqlCall call) {
        if (call.operandCount() != 3) {
            throw undefined(call, "trim");
        }
        SqlTrimFunction.Flag side = ((SqlLiteral) call.operand(0)).symbolValue(SqlTrimFunction.Flag.class);
        return Operators.strict(
                DataType.VARCHAR,
                compile(call.operand(1)),
                compile(call.operand(2)),
                (characters, text) -> TextFunctions.trimmed(
                        Values.text(text), Values.text(characters), side.getLeft() == 1, side.getRight() == 1));
    }

    static Iterable<SqlNode> nodes(SqlNode listOrNode) {
        return listOrNode instanceof SqlNodeList list ? list : List.of(listOrNode);
    }
}
