package io.millrace.sql.view;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.catalog.FunctionDefinition.OfRows;
import io.millrace.sql.catalog.Schemas;
import io.millrace.sql.catalog.StoredQuery;
import io.millrace.sql.error.SqlErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Puts the queries of views in the place of their names, and those of functions in the place of their calls.
 *
 * <pre>
 *   SELECT a FROM v WHERE …      SELECT a FROM (SELECT …) AS v (a, b) WHERE …
 *   SELECT a FROM f(1)           SELECT a FROM (SELECT … 1 …) AS f (a, b)
 * </pre>
 */
public final class ViewExpansion {

    /** Views over views, each named several times, can grow beyond all measure. */
    private static final int VIEWS_MAX = 1_000;

    private final Catalog catalog;

    public ViewExpansion(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Returns a query that names no view any more; its tree is changed in place as far as it can be. */
    public SqlNode of(SqlNode query) {
        return catalog.storedQueries().isEmpty() && catalog.functions().isEmpty()
                ? query
                : new Walk(Set.of(), new int[1]).walk(query);
    }

    /** Returns the view of a name that a FROM has, or null. */
    private @Nullable StoredQuery view(SqlIdentifier name) {
        String last = name.names.getLast();
        boolean elsewhere = name.names.size() > 1 && !Schemas.accepts(name.names.get(name.names.size() - 2), last);
        return elsewhere ? null : catalog.storedQuery(last);
    }

    private final class Walk extends RelationWalk {

        /** Names that WITH defines around the view, and that mean something else within it. */
        private final Set<String> outer;

        private final int[] views;

        Walk(Set<String> outer, int[] views) {
            this.outer = outer;
            this.views = views;
        }

        @Override
        SqlNode relation(SqlIdentifier name, boolean asked) {
            StoredQuery view = view(name);
            if (view == null) {
                return qualified(name);
            }
            SqlParserPos pos = name.getParserPosition();
            if (asked) {
                throw SqlErrors.unsupported(
                        "'" + view.name() + "' is a view, which has no rows of its own as of a time",
                        "name the stream, table or materialized view behind it, or create a MATERIALIZED VIEW",
                        pos);
            }
            List<SqlNode> operands = new ArrayList<>();
            operands.add(within(FunctionQuery.parsed(view.sql()), pos));
            operands.add(new SqlIdentifier(name.names.getLast(), pos));
            for (Field column : view.columns().fields()) {
                operands.add(new SqlIdentifier(column.name(), pos));
            }
            return SqlStdOperatorTable.AS.createCall(pos, operands);
        }

        @Override
        SqlNode called(SqlCall table, SqlCall function) {
            FunctionDefinition definition =
                    catalog.function(function.getOperator().getName());
            if (definition == null || !(definition.code() instanceof OfRows rows)) {
                return super.called(table, function);
            }
            List<SqlNode> values = new CallArguments(catalog, definition, before()).of(function);
            SqlParserPos pos = function.getParserPosition();
            SqlNode query = Arguments.put(
                    Placed.at(pos, FunctionQuery.parsed(rows.query())),
                    definition.signature().parameters(),
                    values);
            CallRows standing = new CallRows(definition, rows, pos);
            return standing.of(within(query, pos), CallArguments.ofRow(values) && !before().isEmpty());
        }

        /** Returns a query as it stands at a place, where it knows no names but those of the catalog. */
        private SqlNode within(SqlNode query, SqlParserPos pos) {
            if (++views[0] > VIEWS_MAX) {
                throw SqlErrors.at(
                        ErrorCode.LIMIT_EXCEEDED,
                        "with the views that its views stand for, the statement names more than " + VIEWS_MAX,
                        "have a MATERIALIZED VIEW compute a part of them",
                        pos);
            }
            Set<String> around = new HashSet<>(outer);
            around.addAll(commonNames());
            return new Walk(around, views).walk(Placed.at(pos, query));
        }

        /** Within a view, a name is that of the catalog, whatever the query around it calls so. */
        private SqlIdentifier qualified(SqlIdentifier name) {
            return name.isSimple() && outer.contains(name.getSimple().toLowerCase(Locale.ROOT))
                    ? new SqlIdentifier(List.of(Schemas.PUBLIC, name.getSimple()), name.getParserPosition())
                    : name;
        }
    }
}
