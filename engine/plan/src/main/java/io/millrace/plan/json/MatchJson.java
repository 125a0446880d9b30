package io.millrace.plan.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.plan.AfterMatch;
import io.millrace.plan.MatchValue;
import io.millrace.plan.MatchedRows;
import io.millrace.plan.PatternVariable;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Match;
import io.millrace.plan.RowPlace;
import io.millrace.plan.RowsPerMatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;

/** Row patterns and what they find. */
final class MatchJson {

    private static final String KIND = "kind";

    private MatchJson() {}

    static void write(Match match, ObjectNode json) {
        json.set("rowType", TypeJson.write(match.rowType()));
        json.set("partition", Json.ints(match.partition()));
        json.set("order", Json.array(match.order(), NodeJson::key));
        json.set("rows", rows(match.rows()));
        json.set("columns", Json.ints(match.columns()));
        json.set("values", Json.array(match.values(), MatchJson::value));
        json.set("measures", Json.array(match.measures(), ExpressionJson::write));
    }

    static Match read(String id, PlanNode input, RowType rowType, JsonNode json) {
        return new Match(
                id,
                input,
                rowType,
                Json.ints(Json.get(json, "partition")),
                Json.list(Json.get(json, "order"), NodeJson::key),
                rows(Json.get(json, "rows")),
                Json.ints(Json.get(json, "columns")),
                Json.list(Json.get(json, "values"), MatchJson::value),
                Json.list(Json.get(json, "measures"), ExpressionJson::read));
    }

    private static JsonNode rows(MatchedRows rows) {
        ObjectNode json = Json.object(KIND, "rows")
                .put("fromStart", rows.fromStart())
                .put("toEnd", rows.toEnd())
                .put("withinMicros", rows.withinMicros())
                .put("perMatch", rows.perMatch().name())
                .put("after", rows.after().target().name());
        json.set("afterVariables", Json.ints(rows.after().variables()));
        json.set("variables", Json.array(rows.variables(), MatchJson::variable));
        return json.set("pattern", PatternJson.write(rows.pattern()));
    }

    private static MatchedRows rows(JsonNode json) {
        return new MatchedRows(
                PatternJson.read(Json.get(json, "pattern")),
                Json.bool(json, "fromStart"),
                Json.bool(json, "toEnd"),
                Json.number(json, "withinMicros"),
                Json.list(Json.get(json, "variables"), MatchJson::variable),
                Json.constant(RowsPerMatch.class, json, "perMatch"),
                new AfterMatch(
                        Json.constant(AfterMatch.Target.class, json, "after"),
                        Json.ints(Json.get(json, "afterVariables"))));
    }

    private static JsonNode variable(PatternVariable variable) {
        ObjectNode json = Json.object("name", variable.name());
        json.set("condition", variable.condition() == null ? null : ExpressionJson.write(variable.condition()));
        return json.set("values", Json.array(variable.values(), MatchJson::value));
    }

    private static PatternVariable variable(JsonNode json) {
        JsonNode condition = Json.get(json, "condition");
        return new PatternVariable(
                Json.text(json, "name"),
                condition.isNull() ? null : ExpressionJson.read(condition),
                Json.list(Json.get(json, "values"), MatchJson::value));
    }

    private static JsonNode value(MatchValue value) {
        return switch (value) {
            case MatchValue.At at -> {
                ObjectNode json = Json.object(KIND, "at").put("column", at.column());
                json.set("place", place(at.place()));
                yield json.set("type", TypeJson.write(at.type()));
            }
            case MatchValue.Here here ->
                Json.object(KIND, "here").put("column", here.column()).set("type", TypeJson.write(here.type()));
            case MatchValue.Classifier classifier -> {
                ObjectNode json = Json.object(KIND, "classifier");
                json.set("place", place(classifier.place()));
                yield json.set("type", TypeJson.write(classifier.type()));
            }
            case MatchValue.Exists exists -> Json.object(KIND, "exists").set("place", place(exists.place()));
            case MatchValue.Matched matched -> Json.object(KIND, "matched");
            case MatchValue.MatchNumber number -> Json.object(KIND, "number");
            case MatchValue.Aggregated aggregated -> {
                ObjectNode json = Json.object(KIND, "aggregated").put("whole", aggregated.whole());
                json.set("call", NodeJson.call(aggregated.call()));
                yield json.set("variables", Json.ints(aggregated.variables()));
            }
        };
    }

    private static MatchValue value(JsonNode json) {
        return switch (Json.text(json, KIND)) {
            case "at" -> new MatchValue.At(place(Json.get(json, "place")), Json.integer(json, "column"), type(json));
            case "here" -> new MatchValue.Here(Json.integer(json, "column"), type(json));
            case "classifier" -> new MatchValue.Classifier(place(Json.get(json, "place")), type(json));
            case "exists" -> new MatchValue.Exists(place(Json.get(json, "place")));
            case "matched" -> new MatchValue.Matched();
            case "number" -> new MatchValue.MatchNumber();
            case "aggregated" ->
                new MatchValue.Aggregated(
                        NodeJson.call(Json.get(json, "call")),
                        Json.ints(Json.get(json, "variables")),
                        Json.bool(json, "whole"));
            default -> throw Json.corrupted("unknown value '" + Json.text(json, KIND) + "' of a match");
        };
    }

    private static DataType type(JsonNode json) {
        return TypeJson.read(Json.get(json, "type"));
    }

    private static JsonNode place(RowPlace place) {
        return Json.object(KIND, "place")
                .put("first", place.first())
                .put("skipped", place.skipped())
                .put("offset", place.offset())
                .put("whole", place.whole())
                .set("variables", Json.ints(place.variables()));
    }

    private static RowPlace place(JsonNode json) {
        return new RowPlace(
                Json.ints(Json.get(json, "variables")),
                Json.bool(json, "first"),
                Json.number(json, "skipped"),
                Json.number(json, "offset"),
                Json.bool(json, "whole"));
    }
}
