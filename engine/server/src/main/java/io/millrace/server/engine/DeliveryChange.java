package io.millrace.server.engine;

import io.millrace.delivery.DeliveryOptions;
import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.sql.catalog.DeliveredQuery;
import io.millrace.sql.catalog.DeliveryDefinition;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What {@code CREATE OR REPLACE DELIVERY … AS} does to a delivery of a query that is there. */
final class DeliveryChange {

    /** What says where rows go, and is noted there; and what counts only where a delivery begins. */
    private static final Set<String> SETTLED = Set.of(
            "start",
            "deaggregate",
            "table",
            "offsets_table",
            "staging",
            "warehouse",
            "catalog",
            "catalog_uri",
            "catalog_name");

    private DeliveryChange() {}

    /**
     * Returns a delivery with other options.
     *
     * @param set options and their values
     * @param reset options that are to be as where nothing is said
     * @throws MillraceException {@code INVALID_ARGUMENT} where what is on its way could not be delivered with them
     */
    static DeliveryDefinition withOptions(DeliveryDefinition before, Map<String, String> set, List<String> reset) {
        if (before.options().has(DeliveryOptions.REMARK)) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "delivery '" + before.name() + "' is a delivery stream of the AWS door",
                    "change it there, with UpdateDestination");
        }
        Map<String, String> options = new TreeMap<>(before.options().asMap());
        for (String name : reset) {
            if (options.remove(name) == null) {
                throw new MillraceException(
                        ErrorCode.INVALID_ARGUMENT,
                        "delivery '" + before.name() + "' has no option '" + name + "' to reset",
                        "see SHOW CREATE DELIVERY " + before.name());
            }
        }
        options.putAll(set);
        for (String name : SETTLED) {
            if (!before.options().get(name, "").equals(options.getOrDefault(name, ""))) {
                throw new MillraceException(
                        ErrorCode.INVALID_ARGUMENT,
                        "option '" + name
                                + "' of a delivery that is there cannot be another: what is on its way goes where"
                                + " it was to go",
                        "DROP DELIVERY and CREATE DELIVERY: it delivers all rows anew");
            }
        }
        return new DeliveryDefinition(
                before.name(), before.source(), before.query(), before.url(), new Options(options));
    }

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

    /**
     * Returns a delivery with another query.
     *
     * @throws MillraceException {@code WRONG_STATE} where it could not go on with it
     */
    static DeliveryDefinition renewed(DeliveryDefinition before, DeliveredQuery query) {
        DeliveryDefinition after = new DeliveryDefinition(before.name(), null, query, before.url(), before.options());
        if (!goesOn(before, after)) {
            throw new MillraceException(
                    ErrorCode.WRONG_STATE,
                    "delivery '" + before.name() + "' " + whyNot(before.query(), query),
                    "CREATE OR REPLACE DELIVERY gives it another query, and delivers all rows of that anew");
        }
        return after;
    }

    private static String whyNot(@Nullable DeliveredQuery before, DeliveredQuery after) {
        if (before == null) {
            return "takes its stream as it is, and has no query that could be another";
        }
        if (!before.columns().equals(after.columns()) || !before.values().equals(after.values())) {
            return "delivers " + before.columns() + ", and the new query has " + after.columns();
        }
        return "cannot go on with a query that reads nothing of what it has read: "
                + String.join(", ", CatalogUses.streamsOf(before.plan()));
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
