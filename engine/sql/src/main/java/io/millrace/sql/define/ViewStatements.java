package io.millrace.sql.define;

import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.ExternalTable;
import io.millrace.sql.catalog.StoredQuery;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.parser.tree.SqlCreateView;
import io.millrace.sql.parser.tree.SqlEmit;
import io.millrace.sql.statement.Statement;
import io.millrace.sql.view.FunctionQuery;
import io.millrace.sql.view.NamedRelations;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** {@code CREATE VIEW}: queries that stand in the place of a name. */
public final class ViewStatements {

    private final Catalog catalog;
    private final Queries queries;

    public ViewStatements(Catalog catalog, Queries queries) {
        this.catalog = catalog;
        this.queries = queries;
    }

    /** Plans the view's query as one that ends, for its columns: it means the same where it goes on. */
    public Statement.CreateStoredQuery create(SqlCreateView create, StatementSource source) {
        String name = TaskStatements.name(create.name());
        if (create.getReplace() && create.ifNotExists()) {
            throw SqlErrors.invalid(
                    "OR REPLACE and IF NOT EXISTS say different things of a view that is there",
                    "write one of them",
                    create.getParserPosition());
        }
        SqlNode query = create.query();
        refuseTiming("a view", query);
        Set<String> relations = NamedRelations.of(query);
        refuseUrls("a view", relations, query);
        refuseCycle(name, relations, query);
        String sql = source.from(query);
        Queries.Planned planned = queries.plan(query, List.of());
        TaskStatements.refuseParameters(planned.parameterTypes(), create);
        RowType columns = named(planned.plan().rowType(), create);
        TaskStatements.refuseDuplicates(columns, query);
        return new Statement.CreateStoredQuery(
                new StoredQuery(name, columns, sql, relations), create.getReplace(), create.ifNotExists());
    }

    static void refuseTiming(String where, SqlNode query) {
        if (query instanceof SqlEmit) {
            throw SqlErrors.invalid(
                    "EMIT in " + where,
                    "write it behind the query, pump or materialized view that names it",
                    query.getParserPosition());
        }
        query.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                if (call instanceof SqlSelect select && select.isKeywordPresent(SqlSelectKeyword.STREAM)) {
                    throw SqlErrors.invalid(
                            "STREAM in " + where,
                            "leave it out: who names it says whether the rows go on, with SELECT STREAM … FROM" + " it",
                            select.getParserPosition());
                }
                return super.visit(call);
            }
        });
    }

    /** What a URL gives can have other columns each time, and may be read by some users only. */
    static void refuseUrls(String where, Set<String> relations, SqlNode query) {
        if (relations.stream().anyMatch(ExternalTable::isUrl)) {
            throw SqlErrors.unsupported(
                    "a URL in the FROM of " + where + " is not supported",
                    "give what is there a name, with CREATE EXTERNAL TABLE name FROM 'url', and name that",
                    query.getParserPosition());
        }
    }

    private void refuseCycle(String name, Set<String> relations, SqlNode query) {
        Deque<String> left = new ArrayDeque<>(relations);
        left.addAll(FunctionRelations.of(CalledFunctions.of(query), catalog));
        Set<String> seen = new HashSet<>();
        while (!left.isEmpty()) {
            StoredQuery view = catalog.storedQuery(left.pop());
            if (view == null || !seen.add(view.name())) {
                continue;
            }
            if (view.name().equalsIgnoreCase(name)) {
                throw SqlErrors.invalid(
                        "view '" + name + "' would be made of itself",
                        "name what it was made of, in place of the views that name it",
                        query.getParserPosition());
            }
            left.addAll(view.relations());
            left.addAll(FunctionRelations.of(CalledFunctions.of(FunctionQuery.parsed(view.sql())), catalog));
        }
    }

    private static RowType named(RowType row, SqlCreateView create) {
        List<SqlIdentifier> names = create.columns();
        if (names == null) {
            return row;
        }
        TaskStatements.refuseOtherCount(names.size(), row.size(), create.name());
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            Field field = row.field(i);
            fields.add(new Field(names.get(i).getSimple(), field.type(), field.nullable()));
        }
        return new RowType(fields);
    }
}
