package io.millrace.format.avro.registry;

import java.util.HexFormat;
import java.util.UUID;

/**
 * What a record calls the schema that wrote it.
 *
 * @param framing whose ids it is one of
 * @param high the first half of 128 bits; 0 for ids that are shorter
 * @param low the other half
 */
public record SchemaId(Framing framing, long high, long low) {

    /** The schema of records that do not say which it is. */
    public static final SchemaId UNSAID = new SchemaId(Framing.NONE, 0, 0);

    /** Returns an id of Confluent's registry. */
    public static SchemaId ofNumber(int id) {
        return new SchemaId(Framing.CONFLUENT, 0, id);
    }

    /** Returns an id of Glue's registry. */
    public static SchemaId ofUuid(UUID id) {
        return new SchemaId(Framing.GLUE, id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    /** Returns the id that a schema has by itself. */
    public static SchemaId ofFingerprint(long fingerprint) {
        return new SchemaId(Framing.SINGLE_OBJECT, 0, fingerprint);
    }

    @Override
    public String toString() {
        return switch (framing) {
            case CONFLUENT -> String.valueOf(low);
            case GLUE -> new UUID(high, low).toString();
            case SINGLE_OBJECT -> HexFormat.of().toHexDigits(low);
            case NONE -> "of the stream";
        };
    }
}
