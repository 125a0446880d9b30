package io.millrace.delivery.transform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** JSON as the steps read it: numbers keep all their digits. */
final class Json {

    /** Reads records and functions' answers. */
    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    /** Returns the one value that some bytes are, or null where they are none or more. */
    static @Nullable JsonNode only(byte[] data) {
        try (JsonParser parser = MAPPER.createParser(data)) {
            JsonNode value = parser.readValueAsTree();
            return value == null || parser.nextToken() != null ? null : value;
        } catch (IOException e) {
            return null;
        }
    }
}
