package io.millrace.sql.define;

import io.millrace.sql.catalog.TableDefinition;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Names in {@code DO UPDATE}: {@code EXCLUDED.a} is of the row that was to be added, {@code a} and {@code t.a} of the
 * row that is there. In a subquery only names with a table in front of them are meant so; others are its own.
 */
final class ConflictNames extends SqlShuttle {

    private final TableDefinition table;
    private final String alias;
    private int depth;

    private ConflictNames(TableDefinition table, String alias) {
        this.table = table;
        this.alias = alias;
    }

    static SqlNode replace(SqlNode value, TableDefinition table, SqlIdentifier name) {
        SqlNode replaced = value.accept(new ConflictNames(table, name.names.getLast()));
        return replaced == null ? value : replaced;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        boolean query = call.isA(SqlKind.QUERY);
        depth += query ? 1 : 0;
        try {
            return super.visit(call);
        } finally {
            depth -= query ? 1 : 0;
        }
    }

    @Override
    public SqlNode visit(SqlIdentifier name) {
        String column = name.names.getLast();
        if (name.isStar() || column.isEmpty()) {
            return name;
        }
        if (name.isSimple()) {
            return depth > 0 || Inserts.find(table.columns(), column) < 0 ? name : renamed(name, true);
        }
        String qualifier = name.names.get(name.names.size() - 2);
        if (ConflictClause.excluded(qualifier)) {
            return renamed(name, false);
        }
        return depth == 0 && qualifier.equalsIgnoreCase(alias) ? renamed(name, true) : name;
    }

    private SqlIdentifier renamed(SqlIdentifier name, boolean old) {
        ConflictClause.require(table, name);
        String column = name.names.getLast();
        return new SqlIdentifier(
                old ? ConflictClause.ofOld(column) : ConflictClause.ofNew(column), name.getParserPosition());
    }
}
