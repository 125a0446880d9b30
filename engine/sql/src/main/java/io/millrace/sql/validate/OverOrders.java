package io.millrace.sql.validate;

import io.millrace.sql.error.SqlErrors;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Refuses orders that OVER does not have: Calcite would fail on them, or say nothing that helps. */
final class OverOrders {

    private static final Set<String> ORDERED_SETS = Set.of("PERCENTILE_CONT", "PERCENTILE_DISC", "MODE");

    private OverOrders() {}

    static void refuse(SqlNode query) {
        query.accept(new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlCall call) {
                if (call.getKind() == SqlKind.OVER) {
                    refuseOwnOrder(call.operand(0));
                }
                if (call instanceof SqlWindow window) {
                    refuseAll(window);
                }
                return super.visit(call);
            }
        });
    }

    private static void refuseAll(SqlWindow window) {
        for (SqlNode item : window.getOrderList()) {
            if (OrderByAll.is(item)) {
                throw SqlErrors.invalid(
                        "ORDER BY ALL says the order of a result, and cannot stand in OVER",
                        "write the expressions that the window is ordered by",
                        item.getParserPosition());
            }
        }
    }

    /** Refuses an order of the aggregate's own: its rows have that of the window. */
    private static void refuseOwnOrder(SqlNode of) {
        SqlNode aggregate = of;
        while (aggregate instanceof SqlCall call
                && (call.getKind() == SqlKind.FILTER || call.getKind() == SqlKind.WITHIN_DISTINCT)) {
            aggregate = call.operand(0);
        }
        if (!(aggregate instanceof SqlCall call)) {
            return;
        }
        SqlNode ordered = call.getKind() == SqlKind.WITHIN_GROUP ? call.operand(0) : call;
        String name =
                ordered instanceof SqlBasicCall named ? named.getOperator().getName() : "";
        boolean within =
                call.getKind() == SqlKind.WITHIN_GROUP && ORDERED_SETS.stream().noneMatch(name::equalsIgnoreCase);
        if (within || (call == ordered && call.getOperandList().stream().anyMatch(OverOrders::isOrder))) {
            throw SqlErrors.unsupported(
                    "an order of its own in " + name + " with OVER is not supported",
                    "its rows come in the order of the window: write ORDER BY in OVER",
                    call.getParserPosition());
        }
    }

    /** Returns whether an argument is an ORDER BY behind the others, as the parser has it. */
    private static boolean isOrder(SqlNode operand) {
        return operand instanceof SqlNodeList;
    }
}
