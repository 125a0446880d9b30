package io.millrace.server.engine;

import io.millrace.runtime.pump.Replacement;
import io.millrace.sql.catalog.PumpDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What {@code CREATE OR REPLACE PUMP} does to a pump that is there. */
final class PumpChange {

    private PumpChange() {}

    /**
     * Returns whether the new pump is the old one with another query. One that writes another stream, or reads none of
     * the streams that the old one read, has nothing in common with it: it starts anew.
     */
    static boolean goesOn(PumpDefinition before, PumpDefinition after) {
        return before.target().equalsIgnoreCase(after.target())
                && !Collections.disjoint(CatalogUses.streamsOf(before.plan()), CatalogUses.streamsOf(after.plan()));
    }

    /** Says what becomes of the state. */
    static List<String> notices(Replacement replacement) {
        List<String> lines = new ArrayList<>();
        add(lines, "state is kept: ", replacement.kept());
        add(lines, "state is rebuilt from what the streams retain: ", replacement.rebuilt());
        add(lines, "state is dropped: ", replacement.dropped());
        add(lines, "read from here on, and not before: ", replacement.begun());
        return lines;
    }

    private static void add(List<String> lines, String what, List<String> names) {
        if (!names.isEmpty()) {
            lines.add(what + String.join(", ", names));
        }
    }
}
