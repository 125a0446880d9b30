package io.millrace.sql.lower;

import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/**
 * Undoes what Calcite makes of {@code SUM(x) OVER w}: {@code CASE WHEN COUNT(x) OVER w > 0 THEN SUM(x) OVER w END}. Our
 * SUM is NULL over no values by itself.
 */
@SuppressWarnings("ReferenceEquality") // operators are constants
final class SumOver extends RexShuttle {

    private static final SumOver INSTANCE = new SumOver();

    private SumOver() {}

    static RexNode plain(RexNode node) {
        return node.accept(INSTANCE);
    }

    @Override
    public RexNode visitCall(RexCall call) {
        RexOver sum = sum(call);
        return sum != null ? sum : super.visitCall(call);
    }

    @Override
    public RexNode visitOver(RexOver over) {
        return over;
    }

    private static @Nullable RexOver sum(RexCall call) {
        List<RexNode> parts = call.getOperands();
        boolean matches = call.getKind() == SqlKind.CASE
                && parts.size() == 3
                && parts.get(1) instanceof RexOver sum
                && sum.getAggOperator() == SqlStdOperatorTable.SUM
                && parts.get(0) instanceof RexCall condition
                && counts(condition, sum)
                && isNull(parts.get(2));
        return matches ? (RexOver) parts.get(1) : null;
    }

    private static boolean counts(RexCall condition, RexOver sum) {
        return condition.getKind() == SqlKind.GREATER_THAN
                && condition.getOperands().get(0) instanceof RexOver count
                && count.getAggOperator() == SqlStdOperatorTable.COUNT
                && count.getOperands().equals(sum.getOperands())
                && count.getWindow().equals(sum.getWindow())
                && condition.getOperands().get(1) instanceof RexLiteral zero
                && Integer.valueOf(0).equals(zero.getValueAs(Integer.class));
    }

    private static boolean isNull(RexNode node) {
        RexNode bare = node;
        while (bare instanceof RexCall cast && cast.getKind() == SqlKind.CAST) {
            bare = cast.getOperands().getFirst();
        }
        return bare instanceof RexLiteral literal && literal.isNull();
    }
}
