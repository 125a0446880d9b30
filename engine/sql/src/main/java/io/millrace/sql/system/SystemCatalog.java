package io.millrace.sql.system;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.statement.Prepared;
import io.millrace.sql.statement.Statement;
import io.millrace.sql.system.query.CatalogNames;
import io.millrace.sql.system.query.CatalogQuery;
import io.millrace.sql.system.query.Context;
import io.millrace.sql.system.query.EngineQuery;
import io.millrace.sql.system.relation.Snapshot;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries over catalog relations alone, or over no relation at all. Safe for use by several threads.
 */
public final class SystemCatalog {

    private static final Set<SqlKind> QUERIES = EnumSet.of(
            SqlKind.SELECT,
            SqlKind.UNION,
            SqlKind.INTERSECT,
            SqlKind.EXCEPT,
            SqlKind.VALUES,
            SqlKind.ORDER_BY,
            SqlKind.WITH);

    private final Catalog catalog;

    /** Shows what is in this catalog, as it is at each answer. */
    public SystemCatalog(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Returns whether a statement's tree is a query that this answers. Ask first: nobody else knows these relations. A
     * query over no relation that uses what only the engine knows (a window, a date literal) is for the planner.
     */
    public boolean serves(SqlNode statement) {
        if (!QUERIES.contains(statement.getKind())) {
            return false;
        }
        RelationFinder found = RelationFinder.of(statement);
        if (found.endless()) {
            return false;
        }
        return found.relations().isEmpty()
                ? !matches(statement) && !EngineQuery.is(statement) && compiles(statement)
                : found.relations().stream().allMatch(name -> CatalogNames.find(name) != null);
    }

    /** A backslash in a LIKE is a sign to PostgreSQL, whose clients quote with it, and a character to the standard. */
    private static boolean matches(SqlNode query) {
        boolean[] found = new boolean[1];
        query.accept(new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlCall call) {
                found[0] |= call.getKind() == SqlKind.LIKE;
                return super.visit(call);
            }
        });
        return found[0];
    }

    private static boolean compiles(SqlNode query) {
        try {
            CatalogQuery.compile(query, List.of());
            return true;
        } catch (MillraceException e) {
            return false;
        }
    }

    /**
     * Prepares a query that {@link #serves} accepts.
     *
     * @param parameterTypes as in {@link io.millrace.sql.SqlPlanner#plan}
     * @return a {@link io.millrace.sql.statement.Statement.CatalogQuery} with its types
     * @throws MillraceException with the position where the query is wrong
     */
    public Prepared prepare(SqlNode query, List<? extends @Nullable DataType> parameterTypes) {
        CatalogQuery compiled = CatalogQuery.compile(query, parameterTypes);
        Statement.CatalogQuery.Answer answer =
                (session, parameters) -> compiled.rows(new Context(new Snapshot(catalog, session), parameters));
        return new Prepared(new Statement.CatalogQuery(answer), compiled.parameterTypes(), compiled.rowType());
    }
}
