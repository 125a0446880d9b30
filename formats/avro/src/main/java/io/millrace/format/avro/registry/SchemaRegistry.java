package io.millrace.format.avro.registry;

import java.io.IOException;
import java.util.Optional;
import org.apache.avro.Schema;

/** Where schemas are kept under ids. For one thread at a time. */
public interface SchemaRegistry {

    /** Returns how records name its schemas. */
    Framing framing();

    /**
     * Returns the schema of an id; empty where it has none.
     *
     * @throws RefusedException where there is something that is of no use, such as a schema of another kind
     * @throws IOException where it does not answer, and may another time
     */
    Optional<Schema> find(SchemaId id) throws IOException;

    /**
     * Returns the id of a schema.
     *
     * @param subject what the schema is one version of
     * @param register whether it is made a version where it is none
     * @throws RefusedException where it is none and cannot be one, and says why
     * @throws IOException where it does not answer, and may another time
     */
    SchemaId idOf(String subject, Schema schema, boolean register) throws IOException;

    /** The registry answers, and says no. */
    final class RefusedException extends IOException {

        private static final long serialVersionUID = 1;

        public RefusedException(String message) {
            super(message);
        }
    }
}
