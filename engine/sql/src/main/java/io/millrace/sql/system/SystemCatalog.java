package io.millrace.sql.system;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.statement.Prepared;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries over catalog relations alone, or over no relation at all. Safe for use by several threads.
 */
public final class SystemCatalog {

    private final Catalog catalog;

    /** Shows what is in this catalog, as it is at each answer. */
    public SystemCatalog(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Returns whether a statement's tree is a query that this answers. Ask first: nobody else knows these relations. A
     * query over no relation that uses functions of the engine only is for the planner.
     */
    public boolean serves(SqlNode statement) {
        return false;
    }

    /**
     * Prepares a query that {@link #serves} accepts.
     *
     * @param parameterTypes as in {@link io.millrace.sql.SqlPlanner#plan}
     * @return a {@link io.millrace.sql.statement.Statement.CatalogQuery} with its types
     * @throws MillraceException with the position where the query is wrong
     */
    public Prepared prepare(SqlNode query, List<? extends @Nullable DataType> parameterTypes) {
        throw new MillraceException(
                ErrorCode.UNSUPPORTED,
                "catalog queries over " + catalog.streams().size() + " streams");
    }
}
