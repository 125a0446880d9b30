package io.millrace.sql.validate;

import io.millrace.spi.connector.SystemColumns;
import io.millrace.sql.parser.tree.MillraceClauses;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Frames without ORDER BY in a query that goes on, as Kinesis Data Analytics has them: rows are in the order of ROWTIME, and
 * a row does not see those of the same ROWTIME that are behind it.
 *
 * <pre>
 *   OVER (PARTITION BY a RANGE INTERVAL '1' MINUTE PRECEDING)
 *   OVER (PARTITION BY a ORDER BY ROWTIME
 *         RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND "$WITH_ROW"(INTERVAL '0' SECOND) FOLLOWING)
 * </pre>
 */
final class ArrivalWindows {

    private static final int ORDER = 3;
    private static final int UPPER = 6;

    private ArrivalWindows() {}

    /** Changes the tree it is given, that of a query that goes on. */
    static void order(SqlNode query) {
        query.accept(new SqlBasicVisitor<Void>() {
            @Override
            @SuppressWarnings("NullAway") // the visitor's answer is not used
            public Void visit(SqlCall call) {
                if (call instanceof SqlWindow window
                        && window.getOrderList().isEmpty()
                        && window.getRefName() == null) {
                    order(window);
                }
                return super.visit(call);
            }
        });
    }

    private static void order(SqlWindow window) {
        SqlNode lower = window.getLowerBound();
        if (lower == null || (!window.isRows() && !endsWithRow(window.getUpperBound()))) {
            return;
        }
        SqlParserPos pos = lower.getParserPosition();
        window.setOperand(
                ORDER, SqlNodeList.of(new SqlIdentifier(SystemColumns.ROWTIME.name(), window.getParserPosition())));
        if (!window.isRows()) {
            window.setOperand(UPPER, MillraceClauses.endWithRow(pos));
        }
    }

    private static boolean endsWithRow(@Nullable SqlNode upper) {
        return upper == null || SqlWindow.isCurrentRow(upper);
    }
}
