package io.millrace.connector.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** What an endpoint answers. Only one that says in the protocol's words that it took the batch has taken it. */
final class Answer {

    private static final int BYTES_MAX = 1 << 20;
    private static final int SHOWN_MAX = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Answer() {}

    /** @throws IOException where the batch is to be sent again, with what the endpoint said */
    static void check(HttpResponse<?> response, InputStream body, String id) throws IOException {
        byte[] bytes = body.readNBytes(BYTES_MAX + 1);
        String who = response.request().uri() + " answered " + response.statusCode();
        if (bytes.length > BYTES_MAX) {
            throw new IOException(who + " with more than " + BYTES_MAX + " bytes");
        }
        if (response.statusCode() != 200) {
            throw new IOException(who + said(bytes));
        }
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (!type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            throw new IOException(who + " without the content type application/json, but '" + type + "'");
        }
        JsonNode answer = parsed(bytes, who);
        if (!id.equals(answer.path("requestId").asText())) {
            throw new IOException(who + " to another request: its requestId is " + answer.path("requestId"));
        }
        if (!answer.path("timestamp").isNumber()) {
            throw new IOException(who + " without a timestamp");
        }
    }

    private static JsonNode parsed(byte[] bytes, String who) throws IOException {
        try {
            JsonNode answer = JSON.readTree(bytes);
            if (answer.isObject()) {
                return answer;
            }
        } catch (JsonProcessingException e) {
            throw new IOException(who + " with malformed JSON" + said(bytes), e);
        }
        throw new IOException(who + " without an object" + said(bytes));
    }

    private static String said(byte[] bytes) {
        if (bytes.length == 0) {
            return "";
        }
        String text = errorMessage(bytes);
        return ": " + (text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "…" : text);
    }

    private static String errorMessage(byte[] bytes) {
        try {
            JsonNode message = JSON.readTree(bytes).path("errorMessage");
            if (message.isTextual()) {
                return message.asText();
            }
        } catch (IOException e) {
            // Not JSON: shown as it is.
        }
        return new String(bytes, StandardCharsets.UTF_8).strip();
    }
}
