package io.millrace.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.spi.ShownUrl;
import java.io.IOException;

/** What an endpoint answers. Only one that says in the protocol's words that it took the batch has taken it. */
final class FirehoseAnswer {

    static final int BYTES_MAX = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private FirehoseAnswer() {}

    /** @throws CallFailedException where the batch is to be sent again, with what the endpoint said */
    static void check(HttpCalls.Answer answer, ShownUrl endpoint, String id) throws CallFailedException {
        try {
            check(answer, endpoint + " answered " + answer.status(), id);
        } catch (CallFailedException e) {
            // What it answers may say again what it was asked.
            throw new CallFailedException(
                    e.kind(), e.status(), endpoint.in(String.valueOf(e.getMessage())), e.getCause());
        }
    }

    private static void check(HttpCalls.Answer answer, String who, String id) throws CallFailedException {
        if (answer.status() != 200) {
            throw CallFailedException.refused(answer.status(), who + said(answer));
        }
        if (!answer.contentType().equals("application/json")) {
            throw invalid(who + " without the content type application/json, but '" + answer.contentType() + "'");
        }
        JsonNode said = parsed(answer, who);
        if (!id.equals(said.path("requestId").asText())) {
            throw invalid(who + " to another request: its requestId is " + said.path("requestId"));
        }
        if (!said.path("timestamp").isNumber()) {
            throw invalid(who + " without a timestamp");
        }
    }

    private static JsonNode parsed(HttpCalls.Answer answer, String who) throws CallFailedException {
        try {
            JsonNode said = JSON.readTree(answer.body());
            if (said.isObject()) {
                return said;
            }
        } catch (IOException e) {
            throw CallFailedException.invalid(answer.status(), who + " with malformed JSON" + said(answer), e);
        }
        throw invalid(who + " without an object" + said(answer));
    }

    private static CallFailedException invalid(String message) {
        return CallFailedException.invalid(200, message, null);
    }

    private static String said(HttpCalls.Answer answer) {
        try {
            JsonNode message = JSON.readTree(answer.body()).path("errorMessage");
            if (message.isTextual()) {
                return ": " + message.asText();
            }
        } catch (IOException e) {
            // Not JSON: shown as it is.
        }
        return answer.said();
    }
}
