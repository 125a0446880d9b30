package io.millrace.connector.opensearch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.connector.http.CallFailedException;
import io.millrace.connector.http.HttpCalls;
import io.millrace.spi.connector.Receiver.Refusal;
import io.millrace.spi.error.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What an answer to a bulk request says of each item. */
final class BulkAnswer {

    static final int BYTES_MAX = 64 << 20;

    private static final int CONFLICT = 409;

    /** Not the document's fault: who asks, and what the index allows just now. */
    private static final Set<Integer> LATER = Set.of(401, 403, 404, 408, 429);

    private static final ObjectMapper JSON = new ObjectMapper();

    private BulkAnswer() {}

    /**
     * Returns the items that are never taken.
     *
     * @throws IOException where some are to be sent again
     */
    static List<Refusal> refusals(HttpCalls.Answer answer, String who, List<BulkBody.Item> items) throws IOException {
        if (answer.status() != 200) {
            throw CallFailedException.refused(answer.status(), who + " answered " + answer.status() + answer.said());
        }
        JsonNode said = parsed(answer, who);
        if (said.path("items").size() != items.size()) {
            throw CallFailedException.invalid(
                    answer.status(),
                    who + " answered for " + said.path("items").size() + " of " + items.size() + " documents"
                            + answer.said(),
                    null);
        }
        List<Refusal> refusals = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            JsonNode action = said.path("items").path(i);
            boolean create = action.has("create");
            JsonNode result = create ? action.path("create") : action.path("index");
            int status = result.path("status").asInt();
            if (status / 100 == 2 || (create && status == CONFLICT)) {
                continue;
            }
            if (status / 100 != 4 || LATER.contains(status) || status == CONFLICT) {
                throw CallFailedException.refused(
                        status, who + " answered " + status + " for a document: " + reason(result));
            }
            refusals.add(
                    new Refusal(items.get(i).row(), ErrorCode.INVALID_VALUE, reason(result), String.valueOf(status)));
        }
        return refusals;
    }

    private static JsonNode parsed(HttpCalls.Answer answer, String who) throws IOException {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw CallFailedException.invalid(
                    answer.status(), who + " answered with malformed JSON" + answer.said(), e);
        }
    }

    private static String reason(JsonNode result) {
        JsonNode error = result.path("error");
        String reason =
                error.path("type").asText() + ": " + error.path("reason").asText();
        String cause = error.path("caused_by").path("reason").asText("");
        return cause.isEmpty() ? reason : reason + " (" + cause + ")";
    }
}
