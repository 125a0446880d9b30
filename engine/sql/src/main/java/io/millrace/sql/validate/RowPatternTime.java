package io.millrace.sql.validate;

import io.millrace.spi.connector.SystemColumns;
import io.millrace.sql.function.MatchFunctions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** The ROWTIME of matches. */
final class RowPatternTime {

    private static final String ROWTIME = SystemColumns.ROWTIME.name();

    /** What the rows are called where the statement gives them no name: Calcite wants one. */
    private static final String UNNAMED = "$rows";

    private RowPatternTime() {}

    /**
     * Returns what rows are matched with a name: one that no variable has, as a column without a name before it is that of the
     * rows, and would be the variable's.
     */
    static SqlNode named(SqlNode rows, SqlMatchRecognize match) {
        SqlParserPos pos = rows.getParserPosition();
        if (rows.getKind() == SqlKind.AS) {
            List<SqlNode> operands = new ArrayList<>(((SqlCall) rows).getOperandList());
            if (!variable(((SqlIdentifier) operands.get(1)).getSimple(), match)) {
                return rows;
            }
            operands.set(1, new SqlIdentifier(UNNAMED, pos));
            return SqlStdOperatorTable.AS.createCall(pos, operands);
        }
        String own = rows instanceof SqlIdentifier table ? table.names.getLast() : UNNAMED;
        String name = variable(own, match) ? UNNAMED : own;
        return SqlStdOperatorTable.AS.createCall(pos, rows, new SqlIdentifier(name, pos));
    }

    /** Returns whether the pattern has a variable, or a SUBSET, of a name. */
    private static boolean variable(String name, SqlMatchRecognize match) {
        boolean[] found = {false};
        SqlBasicVisitor<Void> finder = new SqlBasicVisitor<>() {
            @Override
            @SuppressWarnings("NullAway") // the visitor's answer is not used
            public Void visit(SqlIdentifier variable) {
                found[0] |= variable.names.getLast().equalsIgnoreCase(name);
                return null;
            }
        };
        match.getPattern().accept(finder);
        match.getSubsetList().accept(finder);
        return found[0];
    }

    /** What there is of a ROWTIME. */
    enum Found {
        /** None. */
        NONE,
        /** A column that the statement names. */
        NAMED,
        /** A column that nobody has declared. */
        HIDDEN
    }

    /**
     * Adds a measure of that name where rows are in the order of their time.
     *
     * @param times names of columns that are the rows' time
     */
    static Found add(SqlMatchRecognize match, Set<String> times) {
        boolean named =
                match.getMeasureList().stream().anyMatch(m -> RowtimeCarrier.isRowtime(((SqlCall) m).operand(1)));
        if (named) {
            return Found.NAMED;
        }
        SqlNode first = match.getOrderList().isEmpty()
                ? null
                : RowPatternValidation.column(match.getOrderList().get(0));
        if (!(first instanceof SqlIdentifier column)
                || !times.contains(column.names.getLast().toLowerCase(Locale.ROOT))) {
            return Found.NONE;
        }
        if (!RowPatternValidation.allRows(match) || !RowtimeCarrier.isRowtime(column)) {
            SqlParserPos pos = column.getParserPosition();
            SqlNodeList measures = new SqlNodeList(
                    match.getMeasureList(), match.getMeasureList().getParserPosition());
            measures.add(SqlStdOperatorTable.AS.createCall(
                    pos, MatchFunctions.MATCH_ROWTIME.createCall(pos), new SqlIdentifier(ROWTIME, pos)));
            match.setOperand(SqlMatchRecognize.OPERAND_MEASURES, measures);
        }
        return Found.HIDDEN;
    }
}
