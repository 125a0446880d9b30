package io.millrace.sql.system.query;

import io.millrace.sql.system.relation.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a query can see besides rows.
 *
 * @param parameters values of the statement's parameters
 */
public record Context(Snapshot snapshot, List<? extends @Nullable Object> parameters) {}
