package io.millrace.plan.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.plan.Frame;
import io.millrace.plan.Frame.Exclusion;
import io.millrace.plan.Frame.Unit;
import io.millrace.plan.OverCall;
import io.millrace.plan.OverCall.Aggregated;
import io.millrace.plan.OverCall.Picked;
import io.millrace.plan.OverCall.Ranked;
import io.millrace.plan.OverCall.Ranking;
import io.millrace.plan.OverCall.Shifted;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Over;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import java.util.Locale;

/** Values from the rows around. */
final class OverJson {

    private static final String KIND = "kind";
    private static final String EXCLUDE = "exclude";

    private OverJson() {}

    static void write(Over over, ObjectNode json) {
        json.set("rowType", TypeJson.write(over.rowType()));
        json.set("partition", Json.ints(over.partition()));
        json.set("order", Json.array(over.order(), NodeJson::key));
        json.set("calls", Json.array(over.calls(), OverJson::call));
    }

    static Over read(String id, PlanNode input, RowType rowType, JsonNode json) {
        return new Over(
                id,
                input,
                rowType,
                Json.ints(Json.get(json, "partition")),
                Json.list(Json.get(json, "order"), NodeJson::key),
                Json.list(Json.get(json, "calls"), OverJson::call));
    }

    private static JsonNode call(OverCall call) {
        return switch (call) {
            case Aggregated c -> {
                ObjectNode json = Json.object(KIND, "aggregated");
                json.set("call", NodeJson.call(c.call()));
                yield json.set("frame", frame(c.frame()));
            }
            case Picked c -> {
                ObjectNode json = Json.object(KIND, "picked")
                        .put("argument", c.argument())
                        .put("place", c.place())
                        .put("ignoreNulls", c.ignoreNulls());
                json.set("frame", frame(c.frame()));
                yield json.set("type", TypeJson.write(c.type()));
            }
            case Shifted c ->
                Json.object(KIND, "shifted")
                        .put("argument", c.argument())
                        .put("distance", c.distance())
                        .put("otherwise", c.otherwise())
                        .put("ignoreNulls", c.ignoreNulls())
                        .set("type", TypeJson.write(c.type()));
            case Ranked c ->
                Json.object(KIND, "ranked")
                        .put("ranking", c.ranking().name())
                        .put("buckets", c.buckets())
                        .set("type", TypeJson.write(c.type()));
        };
    }

    private static OverCall call(JsonNode json) {
        return switch (Json.text(json, KIND)) {
            case "aggregated" -> new Aggregated(NodeJson.call(Json.get(json, "call")), frame(Json.get(json, "frame")));
            case "picked" ->
                new Picked(
                        Json.integer(json, "argument"),
                        Json.number(json, "place"),
                        Json.bool(json, "ignoreNulls"),
                        frame(Json.get(json, "frame")),
                        type(json));
            case "shifted" ->
                new Shifted(
                        Json.integer(json, "argument"),
                        Json.number(json, "distance"),
                        Json.integer(json, "otherwise"),
                        Json.bool(json, "ignoreNulls"),
                        type(json));
            case "ranked" ->
                new Ranked(Json.constant(Ranking.class, json, "ranking"), Json.number(json, "buckets"), type(json));
            default -> throw Json.corrupted("unknown value '" + Json.text(json, KIND) + "' of OVER");
        };
    }

    private static DataType type(JsonNode json) {
        return TypeJson.read(Json.get(json, "type"));
    }

    private static JsonNode frame(Frame frame) {
        ObjectNode json = Json.object(KIND, frame.unit().name().toLowerCase(Locale.ROOT))
                .put("start", frame.start())
                .put("end", frame.end());
        return frame.exclusion() == Exclusion.NO_OTHERS
                ? json
                : json.put(EXCLUDE, frame.exclusion().name());
    }

    private static Frame frame(JsonNode json) {
        Unit unit = switch (Json.text(json, KIND)) {
            case "rows" -> Unit.ROWS;
            case "range" -> Unit.RANGE;
            case "groups" -> Unit.GROUPS;
            default -> throw Json.corrupted("unknown unit '" + Json.text(json, KIND) + "' of a frame");
        };
        Exclusion exclusion = json.has(EXCLUDE) ? Json.constant(Exclusion.class, json, EXCLUDE) : Exclusion.NO_OTHERS;
        return new Frame(unit, Json.number(json, "start"), Json.number(json, "end"), exclusion);
    }
}
