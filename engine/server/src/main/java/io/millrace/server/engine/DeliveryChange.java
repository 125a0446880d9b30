package io.millrace.server.engine;

import io.millrace.spi.error.MillraceException;
import io.millrace.sql.catalog.DeliveredQuery;
import io.millrace.sql.catalog.DeliveryDefinition;
import java.util.Collections;

/** What {@code CREATE OR REPLACE DELIVERY … AS} does to a delivery of a query that is there. */
final class DeliveryChange {

    private DeliveryChange() {}

    /**
     * Returns whether the new delivery is the old one with another query: it goes to the same place in the same way, with the
     * same columns, and reads something that the old one read. Otherwise it starts anew.
     */
    static boolean goesOn(DeliveryDefinition before, DeliveryDefinition after) {
        DeliveredQuery old = before.query();
        DeliveredQuery renewed = after.query();
        return old != null
                && renewed != null
                && before.url().equals(after.url())
                && before.options().equals(after.options())
                && old.columns().equals(renewed.columns())
                && old.values().equals(renewed.values())
                && !Collections.disjoint(CatalogUses.streamsOf(old.plan()), CatalogUses.streamsOf(renewed.plan()));
    }

    /** Says of the delivery what was said of the pump inside. */
    static MillraceException refused(String delivery, MillraceException e) {
        return new MillraceException(
                e.code(),
                java.util.Objects.requireNonNull(e.getMessage())
                        .replace("pump '" + delivery + "'", "delivery '" + delivery + "'"),
                "DROP DELIVERY and CREATE DELIVERY: it delivers all rows anew");
    }
}
