package io.millrace.plan.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.plan.RowPattern;
import java.util.List;

/** Regular expressions over rows. */
final class PatternJson {

    private static final String KIND = "kind";
    private static final String PART = "part";
    private static final String PARTS = "parts";

    private PatternJson() {}

    static JsonNode write(RowPattern pattern) {
        return switch (pattern) {
            case RowPattern.Variable variable -> Json.object(KIND, "variable").put("variable", variable.variable());
            case RowPattern.Sequence sequence -> parts("sequence", sequence.parts());
            case RowPattern.Alternation alternation -> parts("alternation", alternation.parts());
            case RowPattern.Permutation permutation -> parts("permutation", permutation.parts());
            case RowPattern.Quantified quantified -> {
                ObjectNode json = Json.object(KIND, "quantified")
                        .put("least", quantified.least())
                        .put("most", quantified.most())
                        .put("reluctant", quantified.reluctant());
                yield json.set(PART, write(quantified.part()));
            }
            case RowPattern.Excluded excluded -> Json.object(KIND, "excluded").set(PART, write(excluded.part()));
        };
    }

    private static JsonNode parts(String kind, List<RowPattern> parts) {
        return Json.object(KIND, kind).set(PARTS, Json.array(parts, PatternJson::write));
    }

    static RowPattern read(JsonNode json) {
        return switch (Json.text(json, KIND)) {
            case "variable" -> new RowPattern.Variable(Json.integer(json, "variable"));
            case "sequence" -> new RowPattern.Sequence(parts(json));
            case "alternation" -> new RowPattern.Alternation(parts(json));
            case "permutation" -> new RowPattern.Permutation(parts(json));
            case "quantified" ->
                new RowPattern.Quantified(
                        read(Json.get(json, PART)),
                        Json.integer(json, "least"),
                        Json.integer(json, "most"),
                        Json.bool(json, "reluctant"));
            case "excluded" -> new RowPattern.Excluded(read(Json.get(json, PART)));
            default -> throw Json.corrupted("unknown pattern '" + Json.text(json, KIND) + "'");
        };
    }

    private static List<RowPattern> parts(JsonNode json) {
        return Json.list(Json.get(json, PARTS), PatternJson::read);
    }
}
