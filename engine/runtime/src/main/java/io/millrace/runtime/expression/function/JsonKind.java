package io.millrace.runtime.expression.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import java.io.IOException;

/** What JSON text may be asked to be. */
public enum JsonKind {
    VALUE,
    OBJECT,
    ARRAY,
    SCALAR;

    /** Names, numbers and strings may be as long as the text; only depth is limited, as in {@link JsonCursor}. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonCursor.DEPTH_MAX)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /**
     * Returns the kind of a name.
     *
     * @throws RowFailure with {@code INVALID_ARGUMENT} where there is none
     */
    public static JsonKind of(String name) {
        for (JsonKind kind : values()) {
            if (kind.name().equals(name)) {
                return kind;
            }
        }
        throw new RowFailure(ErrorCode.INVALID_ARGUMENT, "'" + name + "' is no kind of JSON");
    }

    /** Returns whether a text is JSON of this kind, with nothing behind it. */
    public boolean fits(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null || !is(first)) {
                return false;
            }
            parser.skipChildren();
            parser.finishToken();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean is(JsonToken first) {
        return switch (this) {
            case VALUE -> true;
            case OBJECT -> first == JsonToken.START_OBJECT;
            case ARRAY -> first == JsonToken.START_ARRAY;
            case SCALAR -> first.isScalarValue();
        };
    }
}
