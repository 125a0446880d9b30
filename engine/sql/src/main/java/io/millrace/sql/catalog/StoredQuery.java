package io.millrace.sql.catalog;

import io.millrace.spi.type.DataType.RowType;
import java.util.Set;

/**
 * A view that is no more than its query, which stands in its place wherever it is named.
 *
 * @param columns names and types of its columns
 * @param sql the query as it was written
 * @param relations what the query names in FROM, as it spells it, schemas left out
 */
public record StoredQuery(String name, RowType columns, String sql, Set<String> relations) {
    public StoredQuery {
        relations = Set.copyOf(relations);
    }

    /** Returns whether its query names a relation; names that differ in case only are the same. */
    public boolean names(String relation) {
        return relations.stream().anyMatch(relation::equalsIgnoreCase);
    }

    /** Returns the view under another name. */
    public StoredQuery named(String other) {
        return new StoredQuery(other, columns, sql, relations);
    }
}
