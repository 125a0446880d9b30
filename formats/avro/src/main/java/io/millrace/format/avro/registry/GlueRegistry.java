package io.millrace.format.avro.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.format.avro.registry.RestCalls.Answer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Glue's registry, asked as Amazon's own serializers ask it:
 *
 * <pre>
 *   GetSchemaVersion        id of a version                  ─►  its definition
 *   GetSchemaByDefinition   name of a schema, a definition   ─►  id, or EntityNotFoundException
 *   RegisterSchemaVersion   the same                         ─►  id; the schema may be missing
 *   CreateSchema            the same, and a compatibility    ─►  id; it may be there by now
 * </pre>
 *
 * <p>A version is PENDING while it is held against the others, and AVAILABLE or a FAILURE then.
 */
final class GlueRegistry implements SchemaRegistry {

    private static final String NOT_FOUND = "EntityNotFoundException";
    private static final String EXISTS = "AlreadyExistsException";
    private static final String FORMAT = "AVRO";
    private static final long POLL_MILLIS = 100;

    private final GlueSettings settings;
    private final GlueCalls calls;

    /** Makes a client; nothing is sent. */
    GlueRegistry(GlueSettings settings) {
        this.settings = settings;
        this.calls = new GlueCalls(settings);
    }

    @Override
    public Framing framing() {
        return Framing.GLUE;
    }

    @Override
    public Optional<Schema> find(SchemaId id) throws IOException {
        Answer answer = version(id.toString());
        if (GlueCalls.exception(answer).equals(NOT_FOUND)) {
            return Optional.empty();
        }
        requireOk(answer);
        String format = answer.body().path("DataFormat").asText();
        if (!format.equals(FORMAT)) {
            throw new RefusedException("schema " + id + " is of " + format + " and not Avro's");
        }
        if (answer.body().path("Status").asText().equals("FAILURE")) {
            throw new RefusedException("schema " + id + " was not taken by the registry");
        }
        try {
            return Optional.of(new Schema.Parser()
                    .parse(answer.body().path("SchemaDefinition").asText()));
        } catch (AvroRuntimeException e) {
            throw new RefusedException("schema " + id + " cannot be read: " + e.getMessage());
        }
    }

    private Answer version(String id) throws IOException {
        return calls.call("GetSchemaVersion", object().put("SchemaVersionId", id));
    }

    @Override
    public SchemaId idOf(String subject, Schema schema, boolean register) throws IOException {
        String definition = schema.toString();
        Answer known = calls.call("GetSchemaByDefinition", named(subject, definition));
        if (GlueCalls.exception(known).equals(NOT_FOUND)) {
            if (!register) {
                throw new RefusedException(
                        "schema '" + subject + "' has no version with this definition: " + known.said());
            }
            known = registered(subject, definition);
        }
        requireOk(known);
        return available(subject, known.body());
    }

    private ObjectNode named(String subject, String definition) {
        ObjectNode input = object().put("SchemaDefinition", definition);
        input.putObject("SchemaId").put("RegistryName", settings.registry()).put("SchemaName", subject);
        return input;
    }

    /** Somebody else may make the schema between two calls. */
    private Answer registered(String subject, String definition) throws IOException {
        Answer answer = calls.call("RegisterSchemaVersion", named(subject, definition));
        if (GlueCalls.exception(answer).equals(NOT_FOUND)) {
            answer = calls.call("CreateSchema", created(subject, definition));
            if (GlueCalls.exception(answer).equals(EXISTS)) {
                answer = calls.call("RegisterSchemaVersion", named(subject, definition));
            }
        }
        return answer;
    }

    private ObjectNode created(String subject, String definition) {
        ObjectNode input = object().put("SchemaName", subject)
                .put("DataFormat", FORMAT)
                .put("Compatibility", settings.compatibility())
                .put("SchemaDefinition", definition);
        input.putObject("RegistryId").put("RegistryName", settings.registry());
        return input;
    }

    /** Waits until a version is held against the others, as long as a call may take. */
    private SchemaId available(String subject, JsonNode version) throws IOException {
        String id = version.path("SchemaVersionId").asText();
        String status = version.path("Status")
                .asText(version.path("SchemaVersionStatus").asText());
        long until = System.nanoTime() + settings.timeout().toNanos();
        while (status.equals("PENDING")) {
            if (System.nanoTime() - until > 0) {
                throw new IOException(calls.name() + " has not checked a version of '" + subject + "' in "
                        + settings.timeout().toMillis() + " ms");
            }
            pause();
            Answer answer = version(id);
            requireOk(answer);
            status = answer.body().path("Status").asText();
        }
        if (!status.equals("AVAILABLE")) {
            throw new RefusedException(calls.name() + " does not take a version of schema '" + subject + "' (" + status
                    + "): it is not compatible with those before, or the schema has compatibility DISABLED");
        }
        try {
            return SchemaId.ofUuid(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            throw new IOException(calls.name() + " gives no id for a schema: " + version, e);
        }
    }

    private void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while " + calls.name() + " checked a version");
        }
    }

    private void requireOk(Answer answer) throws IOException {
        if (answer.status() != 200) {
            throw calls.unexpected(answer);
        }
    }

    private static ObjectNode object() {
        return RestCalls.JSON.createObjectNode();
    }
}
