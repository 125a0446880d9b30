package io.millrace.server.engine;

import io.millrace.sql.catalog.DeliveryDefinition;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries of one stream that are created, changed and deleted together.
 *
 * @param leading name of the one at whose place the created begin, or null where they begin where their options say
 * @param created what is new
 * @param exchanged what is there, and gets other options
 * @param deleted names of those that end
 */
record JointDeliveries(
        @Nullable String leading, List<DeliveryDefinition> created, List<Exchanged> exchanged, List<String> deleted) {

    /**
     * A delivery that gets other options.
     *
     * @param seen as it was when the change was thought of
     * @param after as it is to be
     */
    record Exchanged(DeliveryDefinition seen, DeliveryDefinition after) {}

    /** Returns what is there, as it is to be. */
    List<DeliveryDefinition> altered() {
        return exchanged.stream().map(Exchanged::after).toList();
    }

    /** Returns those that are to be asked of their destinations. */
    List<DeliveryDefinition> wanted() {
        return Stream.concat(created.stream(), altered().stream()).toList();
    }

    /** Returns the names of those that run before. */
    List<String> running() {
        return Stream.concat(altered().stream().map(DeliveryDefinition::name), deleted.stream())
                .toList();
    }
}
