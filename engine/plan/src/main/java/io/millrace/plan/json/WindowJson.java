package io.millrace.plan.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.plan.Emission;
import io.millrace.plan.WindowSpec;
import io.millrace.plan.WindowSpec.Cumulating;
import io.millrace.plan.WindowSpec.Hopping;
import io.millrace.plan.WindowSpec.Session;

/** Windows, and when they are put out. */
final class WindowJson {

    private static final String KIND = "kind";

    private WindowJson() {}

    static JsonNode write(WindowSpec window) {
        return switch (window) {
            case Hopping w ->
                Json.object(KIND, "window")
                        .put("size", w.size())
                        .put("slide", w.slide())
                        .put("offset", w.offset());
            case Cumulating w ->
                Json.object(KIND, "cumulating")
                        .put("size", w.size())
                        .put("step", w.step())
                        .put("offset", w.offset());
            case Session w -> Json.object(KIND, "session").put("gap", w.gap());
        };
    }

    static WindowSpec read(JsonNode json) {
        return switch (Json.text(json, KIND)) {
            case "window" ->
                new Hopping(Json.number(json, "size"), Json.number(json, "slide"), Json.number(json, "offset"));
            case "cumulating" ->
                new Cumulating(Json.number(json, "size"), Json.number(json, "step"), Json.number(json, "offset"));
            case "session" -> new Session(Json.number(json, "gap"));
            default -> throw Json.corrupted("unknown window '" + Json.text(json, KIND) + "'");
        };
    }

    static JsonNode write(Emission emission) {
        return Json.object(KIND, emission.early() ? "early" : "onClose")
                .put("latenessMicros", emission.latenessMicros());
    }

    static Emission emission(JsonNode json) {
        return new Emission(Json.text(json, KIND).equals("early"), Json.number(json, "latenessMicros"));
    }
}
