package io.millrace.format.avro.registry;

import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** No registry: one schema that both sides know. */
public record KnownSchema(Framing framing, Schema schema) implements SchemaRegistry {

    @Override
    public Optional<Schema> find(SchemaId id) {
        return id.equals(id()) ? Optional.of(schema) : Optional.empty();
    }

    @Override
    public SchemaId idOf(String subject, Schema written, boolean register) {
        return id();
    }

    private SchemaId id() {
        return framing == Framing.NONE
                ? SchemaId.UNSAID
                : SchemaId.ofFingerprint(SchemaNormalization.parsingFingerprint64(schema));
    }
}
