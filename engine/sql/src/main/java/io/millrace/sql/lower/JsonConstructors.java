package io.millrace.sql.lower;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Case;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.sql.coercion.Coercion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlJsonConstructorNullClause;

/** JSON_OBJECT and JSON_ARRAY, put together of the JSON texts of their values. */
final class JsonConstructors {

    /** Calls whose text is JSON, which is put in as it is. */
    private static final Set<String> JSON =
            Set.of("JSON_OBJECT", "JSON_ARRAY", "JSON_QUERY", "FORMAT JSON", "->", "TO_JSON", "TO_JSONB");

    private JsonConstructors() {}

    /** The first operand says what becomes of NULL. */
    static Expression lower(RexCall call, ExpressionLowering expressions) {
        boolean object = call.getOperator().getName().equals("JSON_OBJECT");
        boolean absent = call.getOperands().getFirst() instanceof RexLiteral clause
                && clause.getValue() == SqlJsonConstructorNullClause.ABSENT_ON_NULL;
        List<Expression> parts = new ArrayList<>();
        for (int i = 1; i < call.getOperands().size(); i++) {
            if (object) {
                Expression name = name(expressions.operand(call, i));
                i++;
                parts.add(concat(name, JsonCalls.text(":"), value(call, i, absent, expressions)));
            } else {
                parts.add(value(call, i, absent, expressions));
            }
        }
        return concat(JsonCalls.text(object ? "{" : "["), joined(parts), JsonCalls.text(object ? "}" : "]"));
    }

    private static Expression value(RexCall call, int place, boolean absent, ExpressionLowering expressions) {
        RexNode node = call.getOperands().get(place);
        // A NULL without a type.
        boolean none = node instanceof RexLiteral literal && literal.isNull();
        Expression json = none ? new Literal(null, DataType.VARCHAR) : json(node, expressions.operand(call, place));
        return absent ? json : orNull(json);
    }

    /** Returns a value as JSON text; NULL stays NULL. */
    static Expression json(RexNode node, Expression value) {
        boolean json =
                node instanceof RexCall call && JSON.contains(call.getOperator().getName());
        return json
                ? Coercion.to(DataType.VARCHAR, value)
                : new Call(ScalarFunction.TO_JSON, List.of(value), DataType.VARCHAR, value.nullable());
    }

    private static Expression orNull(Expression json) {
        Expression isNull = new Call(ScalarFunction.IS_NULL, List.of(json), DataType.BOOLEAN, false);
        return json.nullable()
                ? new Case(List.of(new Case.Branch(isNull, JsonCalls.text("null"))), json, DataType.VARCHAR, false)
                : json;
    }

    private static Expression name(Expression name) {
        Expression text = Coercion.to(DataType.VARCHAR, name);
        Expression given = name.nullable()
                ? new Call(
                        ScalarFunction.NOT_NULL,
                        List.of(text, JsonCalls.text("NULL as a name in JSON_OBJECT")),
                        DataType.VARCHAR,
                        false)
                : text;
        return new Call(ScalarFunction.TO_JSON, List.of(given), DataType.VARCHAR, false);
    }

    /** Returns texts with commas between them, those that are NULL left out. */
    private static Expression joined(List<Expression> parts) {
        if (parts.isEmpty()) {
            return JsonCalls.text("");
        }
        Expression array = new Call(ScalarFunction.ARRAY, parts, new ArrayType(DataType.VARCHAR, true), false);
        return new Call(ScalarFunction.ARRAY_TO_STRING, List.of(array, JsonCalls.text(",")), DataType.VARCHAR, false);
    }

    private static Expression concat(Expression... parts) {
        boolean nullable = List.of(parts).stream().anyMatch(Expression::nullable);
        return new Call(ScalarFunction.CONCAT, List.of(parts), DataType.VARCHAR, nullable);
    }
}
