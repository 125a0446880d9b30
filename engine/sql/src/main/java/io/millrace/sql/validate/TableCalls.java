package io.millrace.sql.validate;

import io.millrace.spi.function.FunctionKind;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.function.Builtins;
import io.millrace.sql.function.RegexFunctions;
import io.millrace.sql.function.SpecialFunctions;
import io.millrace.sql.function.UserOperators;
import io.millrace.sql.parser.tree.MillraceClauses;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * Makes {@code UNNEST(f(x))} of {@code TABLE(f(x))}, with LATERAL or without, where {@code f} is a user's table
 * function: it returns a list, and what a list gives in FROM is there already. So it does for PostgreSQL's functions of
 * several rows, whose column has the name of the table where none is said.
 */
final class TableCalls extends SqlShuttle {

    /** Functions of several rows, and those that give the same as an array. */
    private static final Map<String, SqlOperator> ARRAYS = Map.of(
            "GENERATE_SERIES",
            SpecialFunctions.GENERATE_SERIES,
            "STRING_TO_TABLE",
            Builtins.named("STRING_TO_ARRAY"),
            "REGEXP_SPLIT_TO_TABLE",
            RegexFunctions.SPLIT,
            "REGEXP_MATCHES",
            RegexFunctions.MATCHES);

    private static final String ORDINALITY = "ordinality";

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
        if (MillraceClauses.is(table, MillraceClauses.WITH_ORDINALITY)) {
            return numbered(table.operand(0));
        }
        if (table.getKind() == SqlKind.LATERAL
                && (table.operand(0).getKind() == SqlKind.UNNEST || named(table.operand(0)))) {
            return table.operand(0);
        }
        if (table.getKind() == SqlKind.AS && named(table.operand(0))) {
            return renamed(table, table.operand(0));
        }
        return table.getKind() == SqlKind.COLLECTION_TABLE && table.operand(0) instanceof SqlCall function
                ? opened(table, function)
                : visited;
    }

    private SqlNode opened(SqlCall table, SqlCall function) {
        FunctionDefinition definition = catalog.function(function.getOperator().getName());
        // A user's function of such a name is older than these.
        if (definition == null || definition.signature().kind() != FunctionKind.TABLE) {
            SqlOperator array = ARRAYS.get(function.getOperator().getName().toUpperCase(Locale.ROOT));
            return array == null ? table : column(function, array);
        }
        SqlCall named =
                UserOperators.inFrom(definition).createCall(function.getParserPosition(), function.getOperandList());
        return SqlStdOperatorTable.UNNEST.createCall(table.getParserPosition(), named);
    }

    /** The function's rows, named as it is, and their column too. */
    private static SqlNode column(SqlCall function, SqlOperator array) {
        SqlParserPos pos = function.getParserPosition();
        SqlIdentifier name = new SqlIdentifier(function.getOperator().getName(), pos);
        SqlCall elements = array.createCall(pos, function.getOperandList());
        return SqlStdOperatorTable.AS.createCall(pos, SqlStdOperatorTable.UNNEST.createCall(pos, elements), name, name);
    }

    /** Returns the rows of a function with their places from 1, in a column that is called as PostgreSQL calls it. */
    private static SqlNode numbered(SqlNode rows) {
        SqlParserPos pos = rows.getParserPosition();
        if (rows.getKind() == SqlKind.UNNEST) {
            return SqlStdOperatorTable.UNNEST_WITH_ORDINALITY.createCall(pos, ((SqlCall) rows).getOperandList());
        }
        if (!named(rows)) {
            throw SqlErrors.unsupported(
                    "WITH ORDINALITY of anything but UNNEST, a table function of yours, GENERATE_SERIES,"
                            + " STRING_TO_TABLE and REGEXP_SPLIT_TO_TABLE is not supported",
                    "number the rows with ROW_NUMBER() OVER (ORDER BY …)",
                    pos);
        }
        List<SqlNode> operands = new ArrayList<>(((SqlCall) rows).getOperandList());
        operands.set(0, numbered(operands.getFirst()));
        operands.add(new SqlIdentifier(ORDINALITY, pos));
        return SqlStdOperatorTable.AS.createCall(pos, operands);
    }

    /** Returns whether it is what {@link #column} gives, with places or without. */
    private static boolean named(SqlNode node) {
        return node instanceof SqlCall call
                && call.getKind() == SqlKind.AS
                && call.operandCount() >= 3
                && call.operand(0).getKind() == SqlKind.UNNEST
                && call.operand(1) == call.operand(2);
    }

    /** Gives the rows another name, and their column, too, where nothing is said of it. */
    private static SqlNode renamed(SqlCall renaming, SqlCall named) {
        List<SqlNode> operands = new ArrayList<>(renaming.getOperandList());
        operands.set(0, named.operand(0));
        if (operands.size() == 2) {
            operands.add(operands.get(1));
        }
        if (operands.size() == 3 && named.operandCount() == 4) {
            operands.add(named.operand(3));
        }
        return SqlStdOperatorTable.AS.createCall(renaming.getParserPosition(), operands);
    }
}
