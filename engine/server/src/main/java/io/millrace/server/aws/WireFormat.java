package io.millrace.server.aws;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How bodies are written. The Java SDK speaks CBOR, all others JSON.
 *
 * <p>Bytes are base64 text in JSON and byte strings in CBOR. A point in time is a number: seconds with
 * milliseconds behind the point in JSON, whole milliseconds under tag 1 in CBOR. In a response's tree a point in
 * time is an {@link Instant} node.
 */
@SuppressWarnings("ImmutableEnumChecker") // a mapper never changes once it is set up
enum WireFormat {
    JSON("application/x-amz-json-1.1", JsonMapper.builder().build()) {
        @Override
        void writeTime(JsonGenerator generator, Instant time) throws IOException {
            generator.writeNumber(BigDecimal.valueOf(time.toEpochMilli(), 3));
        }

        @Override
        Instant readTime(JsonNode number) {
            return Instant.ofEpochMilli(number.decimalValue().movePointRight(3).longValue());
        }
    },

    CBOR("application/x-amz-cbor-1.1", new ObjectMapper(new CBORFactory())) {
        private static final int TIME_TAG = 1;

        @Override
        void writeTime(JsonGenerator generator, Instant time) throws IOException {
            ((CBORGenerator) generator).writeTag(TIME_TAG);
            generator.writeNumber(time.toEpochMilli());
        }

        @Override
        Instant readTime(JsonNode number) {
            return Instant.ofEpochMilli(number.longValue());
        }
    };

    private final String contentType;
    private final ObjectMapper mapper;

    WireFormat(String contentType, ObjectMapper mapper) {
        this.contentType = contentType;
        this.mapper = mapper;
        mapper.registerModule(new SimpleModule().addSerializer(Instant.class, new TimeSerializer(this)));
    }

    /** Returns the format of a content type, or null where it is none of ours. */
    static @Nullable WireFormat of(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType.split(";", 2)[0].trim();
        for (WireFormat format : values()) {
            if (format.contentType.equals(type)) {
                return format;
            }
        }
        return type.equals("application/json") ? JSON : null;
    }

    String contentType() {
        return contentType;
    }

    abstract void writeTime(JsonGenerator generator, Instant time) throws IOException;

    /** Reads a point in time from the number it is written as. */
    abstract Instant readTime(JsonNode number);

    /** Reads a request's body, where nothing stands for an empty object. */
    JsonNode read(byte[] body) {
        try {
            return body.length == 0 ? mapper.createObjectNode() : mapper.readTree(body);
        } catch (IOException e) {
            throw new AwsException("SerializationException", "the body cannot be read as " + this);
        }
    }

    byte[] write(ObjectNode body) {
        try {
            return mapper.writeValueAsBytes(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class TimeSerializer extends StdSerializer<Instant> {

        private static final long serialVersionUID = 1L;

        private final WireFormat format;

        TimeSerializer(WireFormat format) {
            super(Instant.class);
            this.format = format;
        }

        @Override
        public void serialize(Instant time, JsonGenerator generator, SerializerProvider provider) throws IOException {
            format.writeTime(generator, time);
        }
    }
}
