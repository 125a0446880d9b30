package io.millrace.sql.system.query;

import java.util.List;

/** Conditions on rows. */
final class Filters {

    private Filters() {}

    static boolean pass(List<Conjunct> conditions, Frame frame) {
        for (Conjunct conjunct : conditions) {
            if (!conjunct.condition().holds(frame)) {
                return false;
            }
        }
        return true;
    }
}
