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

    /**
     * Reads bytes as JSON in UTF-8, and in nothing else: left alone, the parser would take them for UTF-16 or UTF-32
     * where they look like it, and tell places in characters.
     *
     * @throws IOException where they begin as no JSON in UTF-8 does
     */
    static JsonParser parser(byte[] data) throws IOException {
        // What it tells those by: a byte order mark, or a zero in the first four bytes. UTF-8 begins with neither.
        for (int i = 0; i < Math.min(4, data.length); i++) {
            if (data[i] == 0 || (i == 0 && (data[i] & 0xfe) == 0xfe)) {
                throw new IOException("the text is not in UTF-8");
            }
        }
        return MAPPER.createParser(data);
    }

    /** Returns the one value that some bytes are in UTF-8, or null where they are none or more. */
    static @Nullable JsonNode only(byte[] data) {
        try (JsonParser parser = parser(data)) {
            JsonNode value = parser.readValueAsTree();
            return value == null || parser.nextToken() != null ? null : value;
        } catch (IOException e) {
            return null;
        }
    }
}
