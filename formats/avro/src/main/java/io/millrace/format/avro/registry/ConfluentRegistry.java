package io.millrace.format.avro.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.format.avro.registry.RestCalls.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A registry that speaks as Confluent's does:
 *
 * <pre>
 *   GET  /schemas/ids/7                    {"schema": "…", "references": [{"name": …, "subject": …, "version": 1}]}
 *   POST /subjects/trades-value/versions   {"schema": "…"}   ─►  {"id": 7}, or 409 where it is incompatible
 *   POST /subjects/trades-value            {"schema": "…"}   ─►  {"id": 7, …}, or 404 where it is no version
 * </pre>
 */
public final class ConfluentRegistry implements SchemaRegistry {

    private static final String JSON_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int REFERENCES_DEPTH_MAX = 20;

    private final String base;
    private final RestCalls calls;
    private final Map<String, String> headers = new HashMap<>();

    /**
     * Makes a client; nothing is sent.
     *
     * @param authorization of that header, or null where there is none
     */
    public ConfluentRegistry(RegistrySettings settings, @Nullable String authorization) {
        String url = settings.url();
        this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.calls = new RestCalls("registry " + settings.shownUrl(), settings.timeout());
        headers.put("Accept", JSON_TYPE + ", application/json");
        headers.put("Content-Type", JSON_TYPE);
        if (authorization != null) {
            headers.put("Authorization", authorization);
        }
    }

    @Override
    public Framing framing() {
        return Framing.CONFLUENT;
    }

    @Override
    public Optional<Schema> find(SchemaId id) throws IOException {
        Answer answer = calls.call(url("/schemas/ids/" + id.low()), null, headers);
        if (answer.status() == 404) {
            return Optional.empty();
        }
        requireOk(answer);
        String type = answer.body().path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new RefusedException("schema " + id + " is of " + type + " and not Avro's");
        }
        Schema.Parser parser = new Schema.Parser();
        addReferences(parser, answer.body(), 0);
        return Optional.of(parsed(parser, answer.body(), "schema " + id));
    }

    /** Types that a schema names are schemas of other subjects; they are known to the parser before it is. */
    private void addReferences(Schema.Parser parser, JsonNode schema, int depth) throws IOException {
        if (depth > REFERENCES_DEPTH_MAX) {
            throw new RefusedException("schemas refer to one another more than " + REFERENCES_DEPTH_MAX + " deep");
        }
        for (JsonNode reference : schema.path("references")) {
            String subject = reference.path("subject").asText();
            int version = reference.path("version").asInt();
            if (parser.getTypes().containsKey(reference.path("name").asText())) {
                continue;
            }
            Answer answer = calls.call(url("/subjects/" + encoded(subject) + "/versions/" + version), null, headers);
            requireOk(answer);
            addReferences(parser, answer.body(), depth + 1);
            parsed(parser, answer.body(), "version " + version + " of " + subject);
        }
    }

    private static Schema parsed(Schema.Parser parser, JsonNode answer, String what) throws RefusedException {
        try {
            return parser.parse(answer.path("schema").asText());
        } catch (AvroRuntimeException e) {
            throw new RefusedException(what + " cannot be read: " + e.getMessage());
        }
    }

    @Override
    public SchemaId idOf(String subject, Schema schema, boolean register) throws IOException {
        byte[] body = RestCalls.JSON.writeValueAsBytes(Map.of("schema", schema.toString()));
        String path = "/subjects/" + encoded(subject) + (register ? "/versions" : "");
        Answer answer = calls.call(url(path), body, headers);
        if (answer.status() == 404 && !register) {
            throw new RefusedException("subject '" + subject + "' has no version with this schema: " + answer.said());
        }
        requireOk(answer);
        if (!answer.body().path("id").canConvertToInt()) {
            throw new IOException(calls.name() + " gives no id for a schema: " + answer.said());
        }
        return SchemaId.ofNumber(answer.body().path("id").intValue());
    }

    private void requireOk(Answer answer) throws IOException {
        if (answer.status() != 200) {
            throw calls.unexpected(answer);
        }
    }

    private URI url(String path) {
        return URI.create(base + path);
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
