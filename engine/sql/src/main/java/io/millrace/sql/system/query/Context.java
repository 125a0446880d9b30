package io.millrace.sql.system.query;

import io.millrace.sql.system.relation.Snapshot;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a query can see besides rows.
 *
 * @param parameters values of the statement's parameters
 * @param working what recursive queries found last, while they run
 */
public record Context(
        Snapshot snapshot,
        List<? extends @Nullable Object> parameters,
        Map<WorkingTable, List<@Nullable Object[]>> working) {

    public Context(Snapshot snapshot, List<? extends @Nullable Object> parameters) {
        this(snapshot, parameters, new IdentityHashMap<>());
    }
}
