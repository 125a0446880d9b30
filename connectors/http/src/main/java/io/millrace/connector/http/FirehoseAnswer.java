package io.millrace.connector.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.spi.ShownUrl;
import java.io.IOException;

/** What an endpoint answers. Only one that says in the protocol's words that it took the batch has taken it. */
final class FirehoseAnswer {

    static final int BYTES_MAX = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private FirehoseAnswer() {}

    /** @throws IOException where the batch is to be sent again, with what the endpoint said */
    static void check(HttpCalls.Answer answer, ShownUrl endpoint, String id) throws IOException {
        try {
            check(answer, endpoint + " answered " + answer.status(), id);
        } catch (IOException e) {
            // What it answers may say again what it was asked.
            throw new IOException(endpoint.in(String.valueOf(e.getMessage())), e.getCause());
        }
    }

    private static void check(HttpCalls.Answer answer, String who, String id) throws IOException {
        if (answer.status() != 200) {
            throw new IOException(who + said(answer));
        }
        if (!answer.contentType().equals("application/json")) {
            throw new IOException(
                    who + " without the content type application/json, but '" + answer.contentType() + "'");
        }
        JsonNode said = parsed(answer, who);
        if (!id.equals(said.path("requestId").asText())) {
            throw new IOException(who + " to another request: its requestId is " + said.path("requestId"));
        }
        if (!said.path("timestamp").isNumber()) {
            throw new IOException(who + " without a timestamp");
        }
    }

    private static JsonNode parsed(HttpCalls.Answer answer, String who) throws IOException {
        try {
            JsonNode said = JSON.readTree(answer.body());
            if (said.isObject()) {
                return said;
            }
        } catch (JsonProcessingException e) {
            throw new IOException(who + " with malformed JSON" + said(answer), e);
        }
        throw new IOException(who + " without an object" + said(answer));
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
