package io.millrace.sql.validate;

import io.millrace.spi.function.FunctionKind;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.function.UserOperators;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * Makes {@code UNNEST(f(x))} of {@code TABLE(f(x))}, with LATERAL or without, where {@code f} is a user's table
 * function: it returns a list, and what a list gives in FROM is there already.
 */
final class TableCalls extends SqlShuttle {

    private final Catalog catalog;

    private TableCalls(Catalog catalog) {
        this.catalog = catalog;
    }

    static SqlNode replace(SqlNode query, Catalog catalog) {
        SqlNode result = query.accept(new TableCalls(catalog));
        return result == null ? query : result;
    }

    @Override
    public SqlNode visit(SqlCall call) {
        SqlNode visited = java.util.Objects.requireNonNull(super.visit(call));
        if (!(visited instanceof SqlCall table)) {
            return visited;
        }
        if (table.getKind() == SqlKind.LATERAL && table.operand(0).getKind() == SqlKind.UNNEST) {
            return table.operand(0);
        }
        return table.getKind() == SqlKind.COLLECTION_TABLE && table.operand(0) instanceof SqlCall function
                ? opened(table, function)
                : visited;
    }

    private SqlNode opened(SqlCall table, SqlCall function) {
        FunctionDefinition definition = catalog.function(function.getOperator().getName());
        if (definition == null || definition.signature().kind() != FunctionKind.TABLE) {
            return table;
        }
        SqlCall named =
                UserOperators.inFrom(definition).createCall(function.getParserPosition(), function.getOperandList());
        return SqlStdOperatorTable.UNNEST.createCall(table.getParserPosition(), named);
    }
}
