package io.millrace.plan.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.plan.Plan;
import io.millrace.plan.StateTtl;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Plans to JSON and back. What is read equals what was written. Safe for use by several threads. */
public final class PlanJson {

    /** Version of the form. A plan of another version is refused. */
    public static final int VERSION = 1;

    private static final JsonMapper MAPPER = new JsonMapper();

    private static final String ROWTIME_COLUMN = "rowtimeColumn";
    private static final String TTL = "stateTtlMicros";
    private static final String TTL_BY_STREAM = "stateTtlMicrosByStream";

    private PlanJson() {}

    /** Returns a plan as one line of JSON. */
    public static String write(Plan plan) {
        return tree(plan).toString();
    }

    /**
     * Returns what {@link #write} gave of the plan of a view before views passed their time on.
     *
     * @param markedScans whether the scans of streams said which column is ROWTIME, as they do where the query itself needs
     *     it
     */
    public static String writeTimeless(Plan plan, boolean markedScans) {
        ObjectNode tree = tree(plan);
        tree.findParents("rowtime").forEach(scan -> {
            if (scan.get("rowtime") instanceof ObjectNode rowtime
                    && scan instanceof ObjectNode node
                    && (rowtime.remove("time") != null || !markedScans)) {
                node.put(ROWTIME_COLUMN, -1);
            }
        });
        return tree.put(ROWTIME_COLUMN, -1).toString();
    }

    /** Returns a plan as JSON on lines that people can read. */
    public static String writeIndented(Plan plan) {
        return tree(plan).toPrettyString();
    }

    /**
     * Reads a plan.
     *
     * @throws io.millrace.spi.error.MillraceException {@code DATA_CORRUPTED} where the text is no plan of
     *     this version
     */
    public static Plan read(String json) {
        try {
            JsonNode tree = MAPPER.readTree(json);
            if (Json.integer(tree, "version") != VERSION) {
                throw Json.corrupted("version " + Json.integer(tree, "version") + " in place of " + VERSION);
            }
            return new Plan(
                    NodeJson.read(Json.get(tree, "root")),
                    Json.bool(tree, "endless"),
                    Json.integer(tree, ROWTIME_COLUMN),
                    ttl(tree));
        } catch (JsonProcessingException e) {
            throw Json.corrupted("it is no JSON");
        }
    }

    private static StateTtl ttl(JsonNode tree) {
        Map<String, Long> byStream = new HashMap<>();
        tree.path(TTL_BY_STREAM).forEachEntry((stream, micros) -> byStream.put(stream, micros.asLong()));
        return new StateTtl(tree.path(TTL).asLong(), byStream);
    }

    private static ObjectNode tree(Plan plan) {
        ObjectNode tree = MAPPER.createObjectNode().put("version", VERSION);
        tree.put("endless", plan.endless()).put(ROWTIME_COLUMN, plan.rowtimeColumn());
        if (!plan.ttl().none()) {
            tree.put(TTL, plan.ttl().micros());
            ObjectNode byStream = tree.putObject(TTL_BY_STREAM);
            // The same plan is the same text each time.
            new TreeMap<>(plan.ttl().byStream()).forEach(byStream::put);
        }
        tree.set("root", NodeJson.write(plan.root()));
        return tree;
    }
}
