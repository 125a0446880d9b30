package io.millrace.plan.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.plan.AsOf;
import io.millrace.plan.JoinKey;
import io.millrace.plan.JoinTime;
import io.millrace.plan.JoinType;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Join;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Joins. */
final class JoinJson {

    private JoinJson() {}

    static void write(ObjectNode json, Join join) {
        json.put("type", join.type().name()).set("rowType", TypeJson.write(join.rowType()));
        json.set("keys", Json.array(join.keys(), JoinJson::key));
        json.set("condition", join.condition() == null ? null : ExpressionJson.write(join.condition()));
        json.set("times", Json.array(join.times(), JoinJson::time));
        json.set("asOf", asOf(join.asOf()));
    }

    static Join read(String id, List<PlanNode> inputs, JsonNode json) {
        if (inputs.size() != 2) {
            throw Json.corrupted(inputs.size() + " inputs of a join");
        }
        JsonNode condition = Json.get(json, "condition");
        return new Join(
                id,
                inputs.get(0),
                inputs.get(1),
                TypeJson.row(Json.get(json, "rowType")),
                Json.constant(JoinType.class, json, "type"),
                Json.list(Json.get(json, "keys"), JoinJson::key),
                condition.isNull() ? null : ExpressionJson.read(condition),
                Json.list(Json.get(json, "times"), JoinJson::time),
                asOf(Json.get(json, "asOf")));
    }

    private static @Nullable JsonNode asOf(@Nullable AsOf asOf) {
        return asOf == null
                ? null
                : Json.object("kind", "nearest")
                        .put("left", asOf.left())
                        .put("right", asOf.right())
                        .put("after", asOf.after())
                        .put("strict", asOf.strict());
    }

    private static @Nullable AsOf asOf(JsonNode json) {
        return json.isNull()
                ? null
                : new AsOf(
                        Json.integer(json, "left"),
                        Json.integer(json, "right"),
                        Json.bool(json, "after"),
                        Json.bool(json, "strict"));
    }

    private static JsonNode key(JoinKey key) {
        return Json.object("kind", "key")
                .put("left", key.left())
                .put("right", key.right())
                .put("nullsMatch", key.nullsMatch());
    }

    private static JoinKey key(JsonNode json) {
        return new JoinKey(Json.integer(json, "left"), Json.integer(json, "right"), Json.bool(json, "nullsMatch"));
    }

    private static JsonNode time(JoinTime time) {
        return Json.object("kind", "time")
                .put("left", time.left())
                .put("right", time.right())
                .put("lower", time.lower())
                .put("upper", time.upper());
    }

    private static JoinTime time(JsonNode json) {
        return new JoinTime(
                Json.integer(json, "left"),
                Json.integer(json, "right"),
                Json.number(json, "lower"),
                Json.number(json, "upper"));
    }
}
