package io.millrace.delivery.transform;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.spi.Options;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.jspecify.annotations.Nullable;

/** Finds keys for partitions in records of JSON, by a query of jq that makes one object: {@code {customer: .id}}. */
final class QueryKeys implements RecordProcessor {

    private static final Scope BUILT_IN = builtIn();

    /** A key of the object that a query makes: at its beginning, or behind a comma. */
    private static final Pattern KEY =
            Pattern.compile("\\s*(?:\"([^\"\\\\]+)\"|([A-Za-z_][A-Za-z0-9_]*))\\s*:.*", Pattern.DOTALL);

    private final JsonQuery query;
    private final Set<String> keys;
    private final boolean wantsAll;

    QueryKeys(String text) {
        this(text, true);
    }

    /** @param wantsAll whether a record without a value for one of the keys fails */
    QueryKeys(String text, boolean wantsAll) {
        this.keys = keys(text);
        this.wantsAll = wantsAll;
        try {
            this.query = JsonQuery.compile(text, Versions.JQ_1_6);
        } catch (JsonQueryException e) {
            throw Options.invalid(
                    "partition_query", text, "a query of jq 1.6; this is none: " + SplitDocuments.firstLine(e));
        }
    }

    private static Scope builtIn() {
        Scope scope = Scope.newEmptyScope();
        BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_6, scope);
        return scope;
    }

    /**
     * Returns the keys that a query finds.
     *
     * @throws io.millrace.spi.error.MillraceException {@code INVALID_ARGUMENT} where it makes no object whose keys it
     *     says
     */
    static Set<String> keys(String text) {
        String query = text.strip();
        Set<String> keys = new TreeSet<>();
        if (query.startsWith("{") && query.endsWith("}")) {
            for (String member : members(query.substring(1, query.length() - 1))) {
                Matcher key = KEY.matcher(member);
                if (!key.matches()) {
                    keys.clear();
                    break;
                }
                keys.add(key.group(1) == null ? key.group(2) : key.group(1));
            }
        }
        if (keys.isEmpty()) {
            throw Options.invalid("partition_query", text, "an object of keys and paths, such as '{customer: .id}'");
        }
        return keys;
    }

    /** Cuts at the commas that are in no brackets and no text. */
    private static List<String> members(String text) {
        List<String> members = new ArrayList<>();
        int depth = 0;
        int from = 0;
        boolean quoted = false;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quoted) {
                at += c == '\\' ? 1 : 0;
                quoted = c != '"';
            } else if (c == '"') {
                quoted = true;
            } else if ("([{".indexOf(c) >= 0) {
                depth++;
            } else if (")]}".indexOf(c) >= 0) {
                depth--;
            } else if (c == ',' && depth == 0) {
                members.add(text.substring(from, at));
                from = at + 1;
            }
        }
        members.add(text.substring(from));
        return members;
    }

    @Override
    public void process(DeliveryRecord record, ProcessedRecords out) {
        JsonNode document = Json.only(record.data());
        if (document == null) {
            fail(record, "the record is not one JSON document", out);
            return;
        }
        try {
            Map<String, String> found = new HashMap<>();
            String problem = find(document, found);
            if (problem == null) {
                out.add(record.withKeys(found));
            } else {
                fail(record, problem, out);
            }
        } catch (JsonQueryException e) {
            fail(record, "the query fails: " + SplitDocuments.firstLine(e), out);
        }
    }

    private static void fail(DeliveryRecord record, String reason, ProcessedRecords out) {
        out.fail(record, "DynamicPartitioning.MetadataExtractionFailed", reason);
    }

    private @Nullable String find(JsonNode document, Map<String, String> found) throws JsonQueryException {
        List<JsonNode> results = new ArrayList<>();
        query.apply(Scope.newChildScope(BUILT_IN), document, results::add);
        if (results.size() != 1) {
            return "the query gives " + results.size() + " results, not one";
        }
        for (String key : keys) {
            JsonNode value = results.getFirst().path(key);
            boolean isThere =
                    value.isValueNode() && !value.isNull() && !value.asText().isEmpty();
            if (wantsAll && !isThere) {
                return "the query finds no value for key '" + key + "'";
            }
            if (isThere) {
                found.put(key, value.asText());
            }
        }
        return null;
    }
}
