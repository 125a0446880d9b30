package io.millrace.connector.delta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The JSON that a log is written in. */
final class Json {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** Reads a text that somebody wrote as JSON, or returns null where it is none. */
    static @Nullable JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /**
     * Reads an action.
     *
     * @param where what is named where it is none
     */
    static JsonNode read(byte[] bytes, int from, int length, String where) {
        try {
            return MAPPER.readTree(bytes, from, length);
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.DATA_CORRUPTED,
                    where + " cannot be read: "
                            + new String(bytes, from, Math.min(length, 200), StandardCharsets.UTF_8),
                    "the table is damaged; put the file back from a copy",
                    e);
        }
    }

    static byte[] bytes(JsonNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
