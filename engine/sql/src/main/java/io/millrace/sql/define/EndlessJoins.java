package io.millrace.sql.define;

import io.millrace.plan.AsOf;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode.Join;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.rewrite.Lineage;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** What joins as of a time cannot do in a query that never ends: a row that was put out stays as it is. */
final class EndlessJoins {

    private static final String ENDS = "leave out STREAM for an answer that ends, or ";

    private EndlessJoins() {}

    static void check(Join join, SqlNode query) {
        if (Plan.updating(join.left())) {
            throw SqlErrors.unsupported(
                    "a join as of a time of rows that change in a query that goes on is not supported",
                    ENDS
                            + "let the left of the join be a stream; a materialized view and EMIT CHANGES follow what"
                            + " changes",
                    position(query));
        }
        AsOf nearest = join.asOf();
        if (nearest != null) {
            if (Plan.updating(join.right())) {
                throw SqlErrors.unsupported(
                        "ASOF JOIN with rows that change in a query that goes on is not supported",
                        ENDS + "join what a view holds when a row comes: JOIN view FOR SYSTEM_TIME AS OF s.ROWTIME;"
                                + " a materialized view and EMIT CHANGES follow what changes",
                        position(query));
            }
            if (!Lineage.bounded(join.left(), nearest.left()) || !Lineage.bounded(join.right(), nearest.right())) {
                throw SqlErrors.unsupported(
                        "ASOF JOIN in a query that goes on needs the times of both streams: nobody knows when the"
                                + " nearest row has come",
                        ENDS + "compare ROWTIME of both in MATCH_CONDITION; a materialized view and EMIT CHANGES follow"
                                + " what changes",
                        position(query));
            }
        }
    }

    /** Returns where the first join is. */
    private static SqlParserPos position(SqlNode query) {
        SqlParserPos[] found = {null};
        query.accept(new SqlBasicVisitor<Void>() {
            @Override
            @SuppressWarnings("NullAway") // the visitor's answer is not used
            public Void visit(SqlCall call) {
                if (found[0] == null && call instanceof SqlJoin join) {
                    found[0] = join.getRight().getParserPosition();
                }
                return super.visit(call);
            }
        });
        return found[0] == null ? query.getParserPosition() : found[0];
    }
}
