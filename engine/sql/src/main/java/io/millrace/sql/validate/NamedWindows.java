package io.millrace.sql.validate;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Windows that add to another. Calcite forgets the frame that they add, so they are written out before it sees them.
 *
 * <pre>
 *   SUM(b) OVER (w ROWS 1 PRECEDING)             SUM(b) OVER (PARTITION BY a ORDER BY c ROWS 1 PRECEDING)
 *     … WINDOW w AS (PARTITION BY a ORDER BY c)    … WINDOW w AS (PARTITION BY a ORDER BY c)
 * </pre>
 *
 * <p>What must not be added, such as a second PARTITION BY, is left to Calcite to refuse.
 */
final class NamedWindows {

    private static final int REFERENCE = 1;
    private static final int PARTITION = 2;
    private static final int ORDER = 3;

    private final Map<String, SqlWindow> windows = new HashMap<>();

    private NamedWindows() {}

    /** Changes the tree it is given. */
    static void complete(SqlNode query) {
        query.accept(new SqlBasicVisitor<Void>() {
            @Override
            @SuppressWarnings("NullAway") // the visitor's answer is not used
            public Void visit(SqlCall call) {
                if (call instanceof SqlSelect select) {
                    new NamedWindows().completeIn(select);
                }
                return super.visit(call);
            }
        });
    }

    private void completeIn(SqlSelect select) {
        for (SqlNode node : select.getWindowList()) {
            SqlWindow window = (SqlWindow) node;
            complete(window);
            SqlIdentifier name = window.getDeclName();
            if (name != null) {
                windows.put(key(name), window);
            }
        }
        completeBelow(select.getSelectList());
        completeBelow(select.getQualify());
        completeBelow(select.getOrderList());
    }

    private void completeBelow(@Nullable SqlNode node) {
        if (node == null) {
            return;
        }
        node.accept(new SqlBasicVisitor<Void>() {
            @Override
            @SuppressWarnings("NullAway") // the visitor's answer is not used
            public Void visit(SqlCall call) {
                if (call instanceof SqlWindow window) {
                    complete(window);
                }
                return call instanceof SqlSelect ? null : super.visit(call);
            }
        });
    }

    private void complete(SqlWindow window) {
        SqlIdentifier name = window.getRefName();
        SqlWindow other = name == null ? null : windows.get(key(name));
        if (other == null || !adds(window, other)) {
            return;
        }
        SqlNodeList order = window.getOrderList().isEmpty() ? other.getOrderList() : window.getOrderList();
        window.setOperand(REFERENCE, null);
        window.setOperand(PARTITION, other.getPartitionList());
        window.setOperand(ORDER, order);
    }

    private static boolean adds(SqlWindow window, SqlWindow other) {
        return window.getPartitionList().isEmpty()
                && (window.getOrderList().isEmpty() || other.getOrderList().isEmpty())
                && other.getRefName() == null
                && other.getLowerBound() == null;
    }

    private static String key(SqlIdentifier name) {
        return name.getSimple().toLowerCase(Locale.ROOT);
    }
}
