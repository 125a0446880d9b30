package io.millrace.plan.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import io.millrace.spi.type.DataType;

/** Expressions. */
final class ExpressionJson {

    private static final String KIND = "kind";
    private static final String TYPE = "type";
    private static final String NULLABLE = "nullable";

    private ExpressionJson() {}

    static JsonNode write(Expression expression) {
        return switch (expression) {
            case Literal literal -> {
                ObjectNode node = Json.object(KIND, "literal");
                node.set("value", ValueJson.write(literal.value()));
                yield typed(node, literal.type());
            }
            case Column column ->
                typed(Json.object(KIND, "column").put("index", column.index()), column.type())
                        .put(NULLABLE, column.nullable());
            case Parameter parameter ->
                typed(Json.object(KIND, "parameter").put("index", parameter.index()), parameter.type())
                        .put(NULLABLE, parameter.nullable());
            case Call call -> {
                ObjectNode node = Json.object(KIND, "call")
                        .put("function", call.function().name());
                node.set("arguments", Json.array(call.arguments(), ExpressionJson::write));
                yield typed(node, call.type()).put(NULLABLE, call.nullable());
            }
            case UserCall call -> {
                ObjectNode node = UserFunctionJson.write(call.function(), Json.object(KIND, "userCall"));
                node.set("arguments", Json.array(call.arguments(), ExpressionJson::write));
                yield typed(node, call.type()).put(NULLABLE, call.nullable());
            }
            case Cast cast -> {
                ObjectNode node = Json.object(KIND, "cast");
                node.set("operand", write(cast.operand()));
                yield typed(node, cast.type()).put(NULLABLE, cast.nullable()).put("safe", cast.safe());
            }
            case Case branches -> {
                ObjectNode node = Json.object(KIND, "case");
                node.set("branches", Json.array(branches.branches(), ExpressionJson::branch));
                node.set("otherwise", write(branches.otherwise()));
                yield typed(node, branches.type()).put(NULLABLE, branches.nullable());
            }
            case FieldAccess access -> {
                ObjectNode node = Json.object(KIND, "field");
                node.set("row", write(access.row()));
                yield node.put("field", access.field()).put(NULLABLE, access.nullable());
            }
        };
    }

    private static ObjectNode typed(ObjectNode node, DataType type) {
        node.set(TYPE, TypeJson.write(type));
        return node;
    }

    private static JsonNode branch(Case.Branch branch) {
        ObjectNode node = Json.object(KIND, "branch");
        node.set("condition", write(branch.condition()));
        node.set("value", write(branch.value()));
        return node;
    }

    static Expression read(JsonNode node) {
        return switch (Json.text(node, KIND)) {
            case "literal" -> {
                DataType type = type(node);
                yield new Literal(ValueJson.read(Json.get(node, "value"), type), type);
            }
            case "column" -> new Column(Json.integer(node, "index"), type(node), nullable(node));
            case "parameter" -> new Parameter(Json.integer(node, "index"), type(node), nullable(node));
            case "call" ->
                new Call(
                        Json.constant(ScalarFunction.class, node, "function"),
                        Json.list(Json.get(node, "arguments"), ExpressionJson::read),
                        type(node),
                        nullable(node));
            case "userCall" ->
                new UserCall(
                        UserFunctionJson.read(node),
                        Json.list(Json.get(node, "arguments"), ExpressionJson::read),
                        type(node),
                        nullable(node));
            case "cast" ->
                new Cast(read(Json.get(node, "operand")), type(node), nullable(node), Json.bool(node, "safe"));
            case "case" ->
                new Case(
                        Json.list(
                                Json.get(node, "branches"),
                                b -> new Case.Branch(read(Json.get(b, "condition")), read(Json.get(b, "value")))),
                        read(Json.get(node, "otherwise")),
                        type(node),
                        nullable(node));
            case "field" -> new FieldAccess(read(Json.get(node, "row")), Json.integer(node, "field"), nullable(node));
            default -> throw Json.corrupted("unknown expression '" + Json.text(node, KIND) + "'");
        };
    }

    private static DataType type(JsonNode node) {
        return TypeJson.read(Json.get(node, TYPE));
    }

    private static boolean nullable(JsonNode node) {
        return Json.bool(node, NULLABLE);
    }
}
