package io.millrace.sql.define;

import io.millrace.sql.catalog.TableDefinition;
import io.millrace.sql.catalog.TableDefinition.DefaultValue;
import io.millrace.sql.error.CalciteErrors;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.parser.MillraceParser;
import io.millrace.sql.parser.ParseFailure;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The word DEFAULT in the place of a value. */
final class DefaultValues {

    private DefaultValues() {}

    /** Returns the source of an INSERT with what DEFAULT stands for in its rows. */
    static SqlNode replace(SqlNode source, SqlInsert insert, TableDefinition table) {
        if (source.getKind() != SqlKind.VALUES || !contains((SqlCall) source)) {
            return source;
        }
        List<Integer> columns = InsertedColumns.places(insert, table.columns(), i -> true);
        List<SqlNode> rows = new ArrayList<>();
        for (SqlNode row : ((SqlCall) source).getOperandList()) {
            List<SqlNode> cells = new ArrayList<>();
            for (SqlNode cell : ((SqlCall) row).getOperandList()) {
                int place = cells.size();
                cells.add(place < columns.size() ? replaced(cell, table, columns.get(place)) : cell);
            }
            rows.add(SqlStdOperatorTable.ROW.createCall(row.getParserPosition(), cells));
        }
        return SqlStdOperatorTable.VALUES.createCall(source.getParserPosition(), rows);
    }

    private static boolean contains(SqlCall values) {
        return values.getOperandList().stream()
                .filter(row -> row.getKind() == SqlKind.ROW)
                .flatMap(row -> ((SqlCall) row).getOperandList().stream())
                .anyMatch(cell -> cell.getKind() == SqlKind.DEFAULT);
    }

    /** Returns a value, or what it stands for where it is DEFAULT. */
    static SqlNode replaced(SqlNode value, TableDefinition table, int column) {
        if (value.getKind() != SqlKind.DEFAULT) {
            return value;
        }
        SqlParserPos pos = value.getParserPosition();
        DefaultValue byDefault = table.defaults().get(column);
        if (byDefault != null) {
            return parsed(byDefault.sql());
        }
        if (!table.columns().field(column).nullable()) {
            throw SqlErrors.at(
                    io.millrace.spi.error.ErrorCode.NULL_NOT_ALLOWED,
                    "column '" + table.columns().field(column).name() + "' is NOT NULL and has no DEFAULT",
                    "write a value",
                    pos);
        }
        return SqlLiteral.createNull(pos);
    }

    private static SqlNode parsed(String sql) {
        try {
            return MillraceParser.parseExpression(sql);
        } catch (ParseFailure e) {
            throw CalciteErrors.syntax(e);
        }
    }

    /** Where no columns are named and rows are shorter than the table, the columns at the end have their DEFAULT. */
    static List<Integer> covered(SqlNode source, SqlInsert insert, List<Integer> columns) {
        boolean named = insert.getTargetColumnList() != null
                && !insert.getTargetColumnList().isEmpty();
        if (named || source.getKind() != SqlKind.VALUES) {
            return columns;
        }
        SqlNode first = ((SqlCall) source).operand(0);
        int width = first.getKind() == SqlKind.ROW ? ((SqlCall) first).operandCount() : 1;
        return width < columns.size() ? columns.subList(0, width) : columns;
    }
}
