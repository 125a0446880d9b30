package io.millrace.plan.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Aggregate;
import io.millrace.plan.PlanNode.Changes;
import io.millrace.plan.PlanNode.Closing;
import io.millrace.plan.PlanNode.Consolidate;
import io.millrace.plan.PlanNode.Filter;
import io.millrace.plan.PlanNode.Join;
import io.millrace.plan.PlanNode.Match;
import io.millrace.plan.PlanNode.Over;
import io.millrace.plan.PlanNode.Project;
import io.millrace.plan.PlanNode.Repeat;
import io.millrace.plan.PlanNode.Scan;
import io.millrace.plan.PlanNode.Sort;
import io.millrace.plan.PlanNode.TopN;
import io.millrace.plan.PlanNode.UnionAll;
import io.millrace.plan.PlanNode.Unnest;
import io.millrace.plan.PlanNode.Values;
import io.millrace.plan.PlanNode.Window;
import io.millrace.plan.PlanNode.WindowAggregate;
import io.millrace.plan.RowCount;
import io.millrace.plan.Rowtime;
import io.millrace.plan.SortKey;
import io.millrace.plan.UserAggregate;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.spi.type.DataType.RowType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators. */
final class NodeJson {

    private static final String NODE = "node";

    private NodeJson() {}

    static JsonNode write(PlanNode node) {
        ObjectNode json = Json.object(NODE, name(node)).put("id", node.id());
        switch (node) {
            case Scan scan -> {
                json.put("stream", scan.stream()).set("rowType", TypeJson.write(scan.rowType()));
                json.put("rowtimeColumn", scan.rowtimeColumn()).set("rowtime", rowtime(scan.rowtime()));
            }
            case Values values -> {
                json.set("rowType", TypeJson.write(values.rowType()));
                json.set("rows", Json.array(values.rows(), row -> Json.array(row, ExpressionJson::write)));
            }
            case Filter filter -> json.set("condition", ExpressionJson.write(filter.condition()));
            case Project project -> {
                json.set("rowType", TypeJson.write(project.rowType()));
                json.set("expressions", Json.array(project.expressions(), ExpressionJson::write));
            }
            case Window window -> {
                json.set("rowType", TypeJson.write(window.rowType()));
                json.put("timeColumn", window.timeColumn()).set("window", WindowJson.write(window.window()));
                json.set("partition", Json.ints(window.partition()));
            }
            case WindowAggregate aggregate -> {
                json.set("rowType", TypeJson.write(aggregate.rowType()));
                json.put("timeColumn", aggregate.timeColumn()).set("window", WindowJson.write(aggregate.window()));
                grouping(json, aggregate.keys(), aggregate.aggregates());
                json.set("emission", WindowJson.write(aggregate.emission()));
            }
            case Aggregate aggregate -> {
                json.set("rowType", TypeJson.write(aggregate.rowType()));
                grouping(json, aggregate.keys(), aggregate.aggregates());
                json.set("closing", closing(aggregate.closing()));
            }
            case Over over -> OverJson.write(over, json);
            case TopN top -> TopNJson.write(top, json);
            case Match match -> MatchJson.write(match, json);
            case UnionAll union -> {}
            case Sort sort -> {
                json.set("keys", Json.array(sort.keys(), NodeJson::key));
                json.set("offset", count(sort.offset()));
                json.set("limit", count(sort.limit()));
            }
            case Join join -> JoinJson.write(json, join);
            case Unnest unnest -> {
                json.set("rowType", TypeJson.write(unnest.rowType()));
                json.put("array", unnest.array()).put("ordinality", unnest.ordinality());
                json.put("outer", unnest.outer());
            }
            case Consolidate consolidate -> json.put("everyMicros", consolidate.everyMicros());
            case Changes changes -> json.set("rowType", TypeJson.write(changes.rowType()));
            case Repeat repeat -> json.put("count", repeat.count()).set("rowType", TypeJson.write(repeat.rowType()));
        }
        json.set("inputs", Json.array(node.inputs(), NodeJson::write));
        return json;
    }

    private static String name(PlanNode node) {
        return switch (node) {
            case Scan scan -> "scan";
            case Values values -> "values";
            case Filter filter -> "filter";
            case Project project -> "project";
            case Window window -> "window";
            case WindowAggregate aggregate -> "windowAggregate";
            case Aggregate aggregate -> "aggregate";
            case Over over -> "over";
            case TopN top -> "topN";
            case Match match -> "match";
            case UnionAll union -> "unionAll";
            case Sort sort -> "sort";
            case Join join -> "join";
            case Unnest unnest -> "unnest";
            case Repeat repeat -> "repeat";
            case Consolidate consolidate -> "consolidate";
            case Changes changes -> "changes";
        };
    }

    private static void grouping(ObjectNode json, List<Integer> keys, List<AggregateCall> calls) {
        json.set("keys", Json.ints(keys));
        json.set("aggregates", Json.array(calls, NodeJson::call));
    }

    static JsonNode call(AggregateCall call) {
        ObjectNode json = Json.object("function", call.function().name());
        json.set("arguments", Json.ints(call.arguments()));
        if (!call.constants().isEmpty()) {
            json.set("constants", Json.array(call.constants(), ExpressionJson::write));
        }
        if (!call.order().isEmpty()) {
            json.set("order", Json.array(call.order(), NodeJson::key));
        }
        UserAggregate user = call.user();
        if (user != null) {
            json.set("user", UserFunctionJson.write(user));
        }
        json.put("distinct", call.distinct()).put("filter", call.filter()).set("type", TypeJson.write(call.type()));
        return json.put("nullable", call.nullable());
    }

    private static JsonNode rowtime(Rowtime rowtime) {
        return switch (rowtime) {
            case Rowtime.Arrival arrival -> Json.object("kind", "arrival");
            case Rowtime.Present present -> Json.object("kind", "present");
            case Rowtime.Asked asked -> Json.object("kind", "asked").put("lookedUp", asked.lookedUp());
            case Rowtime.EventTime time ->
                Json.object("kind", "eventTime")
                        .put("column", time.column())
                        .put("delayMicros", time.delayMicros())
                        .put("idleMicros", time.idleMicros());
            case Rowtime.Changing changing -> {
                ObjectNode json = Json.object("kind", "changing").put("updating", changing.updating());
                yield changing.time() == null ? json : json.put("time", changing.time());
            }
        };
    }

    private static @Nullable JsonNode closing(@Nullable Closing closing) {
        if (closing == null) {
            return null;
        }
        ObjectNode json = Json.object("kind", "closing").put("key", closing.key());
        json.set("ofBound", ExpressionJson.write(closing.ofBound()));
        json.set("emission", WindowJson.write(closing.emission()));
        return json;
    }

    static JsonNode key(SortKey key) {
        return Json.object("kind", "key")
                .put("column", key.column())
                .put("descending", key.descending())
                .put("nullsFirst", key.nullsFirst());
    }

    static PlanNode read(JsonNode json) {
        String id = Json.text(json, "id");
        List<PlanNode> inputs = Json.list(Json.get(json, "inputs"), NodeJson::read);
        return switch (Json.text(json, NODE)) {
            case "scan" ->
                new Scan(
                        id,
                        Json.text(json, "stream"),
                        rowType(json),
                        Json.integer(json, "rowtimeColumn"),
                        rowtime(Json.get(json, "rowtime")));
            case "values" ->
                new Values(
                        id,
                        rowType(json),
                        Json.list(Json.get(json, "rows"), row -> Json.list(row, ExpressionJson::read)));
            case "filter" -> new Filter(id, only(inputs), ExpressionJson.read(Json.get(json, "condition")));
            case "project" ->
                new Project(
                        id,
                        only(inputs),
                        rowType(json),
                        Json.list(Json.get(json, "expressions"), ExpressionJson::read));
            case "window" ->
                new Window(
                        id,
                        only(inputs),
                        rowType(json),
                        Json.integer(json, "timeColumn"),
                        WindowJson.read(Json.get(json, "window")),
                        Json.ints(Json.get(json, "partition")));
            case "windowAggregate" ->
                new WindowAggregate(
                        id,
                        only(inputs),
                        rowType(json),
                        Json.integer(json, "timeColumn"),
                        WindowJson.read(Json.get(json, "window")),
                        Json.ints(Json.get(json, "keys")),
                        calls(json),
                        WindowJson.emission(Json.get(json, "emission")));
            case "aggregate" ->
                new Aggregate(
                        id,
                        only(inputs),
                        rowType(json),
                        Json.ints(Json.get(json, "keys")),
                        calls(json),
                        closing(Json.get(json, "closing")));
            case "over" -> OverJson.read(id, only(inputs), rowType(json), json);
            case "topN" -> TopNJson.read(id, only(inputs), rowType(json), json);
            case "match" -> MatchJson.read(id, only(inputs), rowType(json), json);
            case "unionAll" -> new UnionAll(id, inputs);
            case "sort" ->
                new Sort(
                        id,
                        only(inputs),
                        Json.list(Json.get(json, "keys"), NodeJson::key),
                        count(Json.get(json, "offset")),
                        count(Json.get(json, "limit")));
            case "join" -> JoinJson.read(id, inputs, json);
            case "unnest" ->
                new Unnest(
                        id,
                        only(inputs),
                        rowType(json),
                        Json.integer(json, "array"),
                        Json.bool(json, "ordinality"),
                        Json.bool(json, "outer"));
            case "consolidate" -> new Consolidate(id, only(inputs), Json.number(json, "everyMicros"));
            case "changes" -> new Changes(id, only(inputs), rowType(json));
            case "repeat" -> new Repeat(id, only(inputs), rowType(json), Json.integer(json, "count"));
            default -> throw Json.corrupted("unknown operator '" + Json.text(json, NODE) + "'");
        };
    }

    private static RowType rowType(JsonNode json) {
        return TypeJson.row(Json.get(json, "rowType"));
    }

    private static PlanNode only(List<PlanNode> inputs) {
        if (inputs.size() != 1) {
            throw Json.corrupted(inputs.size() + " inputs in place of one");
        }
        return inputs.getFirst();
    }

    private static List<AggregateCall> calls(JsonNode json) {
        return Json.list(Json.get(json, "aggregates"), NodeJson::call);
    }

    static AggregateCall call(JsonNode call) {
        return new AggregateCall(
                Json.constant(AggregateFunction.class, call, "function"),
                Json.ints(Json.get(call, "arguments")),
                call.has("constants") ? Json.list(Json.get(call, "constants"), NodeJson::constant) : List.of(),
                call.has("order") ? Json.list(Json.get(call, "order"), NodeJson::key) : List.of(),
                Json.bool(call, "distinct"),
                Json.integer(call, "filter"),
                TypeJson.read(Json.get(call, "type")),
                Json.bool(call, "nullable"),
                call.has("user") ? UserFunctionJson.readAggregate(Json.get(call, "user")) : null);
    }

    private static Literal constant(JsonNode json) {
        if (ExpressionJson.read(json) instanceof Literal literal) {
            return literal;
        }
        throw Json.corrupted("an expression in place of a constant");
    }

    private static Rowtime rowtime(JsonNode json) {
        return switch (Json.text(json, "kind")) {
            case "arrival" -> new Rowtime.Arrival();
            case "present" -> new Rowtime.Present();
            case "asked" -> new Rowtime.Asked(Json.bool(json, "lookedUp"));
            case "eventTime" ->
                new Rowtime.EventTime(
                        Json.text(json, "column"), Json.number(json, "delayMicros"), Json.number(json, "idleMicros"));
            case "changing" ->
                new Rowtime.Changing(Json.bool(json, "updating"), json.has("time") ? Json.text(json, "time") : null);
            default -> throw Json.corrupted("unknown rowtime '" + Json.text(json, "kind") + "'");
        };
    }

    private static @Nullable Closing closing(JsonNode json) {
        return json.isNull()
                ? null
                : new Closing(
                        Json.integer(json, "key"),
                        ExpressionJson.read(Json.get(json, "ofBound")),
                        WindowJson.emission(Json.get(json, "emission")));
    }

    private static JsonNode count(RowCount count) {
        return switch (count) {
            case RowCount.Constant constant -> JsonNodeFactory.instance.numberNode(constant.rows());
            case RowCount.Parameter parameter ->
                JsonNodeFactory.instance.objectNode().put("parameter", parameter.index());
        };
    }

    private static RowCount count(JsonNode json) {
        return json.isObject()
                ? new RowCount.Parameter(Json.integer(json, "parameter"))
                : new RowCount.Constant(json.longValue());
    }

    static SortKey key(JsonNode json) {
        return new SortKey(Json.integer(json, "column"), Json.bool(json, "descending"), Json.bool(json, "nullsFirst"));
    }
}
