package io.millrace.sql.define;

import io.millrace.plan.Frame;
import io.millrace.plan.OverCall;
import io.millrace.plan.OverCall.Aggregated;
import io.millrace.plan.OverCall.Picked;
import io.millrace.plan.OverCall.Ranked;
import io.millrace.plan.OverCall.Shifted;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Join;
import io.millrace.plan.PlanNode.Match;
import io.millrace.plan.PlanNode.Over;
import io.millrace.plan.PlanNode.Window;
import io.millrace.plan.WindowSpec;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.rewrite.Lineage;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * What OVER, sessions and row patterns cannot do in a query that never ends. With OVER, a row is given once what it sees is complete, so
 * what it sees must end at a time or a number of rows behind it, and rows must come in the order of time.
 */
final class EndlessOvers {

    private static final String ENDS = "leave out STREAM for an answer that ends, or ";

    private EndlessOvers() {}

    static void check(PlanNode node, SqlNode query) {
        node.inputs().forEach(input -> check(input, query));
        if (node instanceof Window window
                && window.window() instanceof WindowSpec.Session
                && Plan.updating(window.input())) {
            throw SqlErrors.unsupported(
                    "SESSION of rows that change in a query that goes on is not supported",
                    ENDS + "group the rows below by a window of the stream's time",
                    query.getParserPosition());
        }
        if (node instanceof Join join && (join.asOf() != null || Plan.lookedUp(join.right()))) {
            EndlessJoins.check(join, query);
        }
        if (node instanceof Match match) {
            EndlessMatches.check(match, query);
        }
        if (node instanceof Over over) {
            SqlParserPos pos = position(query);
            refuseOrder(over, pos);
            over.calls().forEach(call -> refuse(call, pos));
            if (Plan.updating(over.input())) {
                throw SqlErrors.unsupported(
                        "OVER of rows that change in a query that goes on is not supported",
                        ENDS + "group the rows below by a window of the stream's time",
                        pos);
            }
        }
    }

    private static void refuseOrder(Over over, SqlParserPos pos) {
        boolean ranks = over.calls().stream().allMatch(Ranked.class::isInstance);
        String hint = ENDS
                + (ranks
                        ? "ask for the first places only: QUALIFY ROW_NUMBER() OVER (…) <= 3"
                        : "write OVER (PARTITION BY … ORDER BY ROWTIME RANGE INTERVAL '1' MINUTE PRECEDING)");
        if (over.order().isEmpty()) {
            throw SqlErrors.unsupported(
                    "OVER without ORDER BY in a query that goes on is not supported: it sees rows that are yet to come",
                    hint,
                    pos);
        }
        int first = over.order().getFirst().column();
        if (over.order().getFirst().descending() || !Lineage.isRowtime(over.input(), first)) {
            throw SqlErrors.unsupported(
                    "OVER in a query that goes on needs ORDER BY the stream's time, and '"
                            + over.input().rowType().field(first).name() + "' is not, or descends",
                    hint,
                    pos);
        }
    }

    private static void refuse(OverCall call, SqlParserPos pos) {
        switch (call) {
            case Aggregated c -> refuse(c.frame(), pos);
            case Picked c -> {
                refuse(c.frame(), pos);
                boolean excluding = c.place() == 1 && c.frame().excludes();
                if ((c.place() > 1 || excluding) && c.frame().start() == Frame.FIRST) {
                    throw SqlErrors.unsupported(
                            (excluding ? "FIRST_VALUE with EXCLUDE" : "NTH_VALUE")
                                    + " over all rows so far of a query that goes on is not supported",
                            "let the frame start a time or some rows before the row",
                            pos);
                }
            }
            case Shifted c -> {}
            case Ranked c -> {
                if (c.ranking().ofWhole()) {
                    throw SqlErrors.unsupported(
                            c.ranking() + " in a query that goes on is not supported: it needs all rows",
                            ENDS + "use ROW_NUMBER, RANK or DENSE_RANK",
                            pos);
                }
            }
        }
    }

    private static void refuse(Frame frame, SqlParserPos pos) {
        if (frame.byGroups() && frame.end() > 0 && frame.end() != Frame.LAST) {
            throw SqlErrors.unsupported(
                    "GROUPS … FOLLOWING in a query that goes on is not supported",
                    ENDS + "end the frame some rows or a time behind the row: ROWS … 3 FOLLOWING",
                    pos);
        }
        if (frame.end() == Frame.LAST) {
            throw SqlErrors.unsupported(
                    "a frame up to the last row in a query that goes on is not supported: nobody knows which will be"
                            + " the last",
                    ENDS + "end the frame some rows or a time behind the row: 3 FOLLOWING",
                    pos);
        }
    }

    /** Returns where the first OVER is. */
    private static SqlParserPos position(SqlNode query) {
        SqlParserPos[] found = {query.getParserPosition()};
        query.accept(new SqlBasicVisitor<Void>() {
            private boolean done;

            @Override
            @SuppressWarnings("NullAway") // the visitor's answer is not used
            public Void visit(SqlCall call) {
                if (!done && call.getKind() == SqlKind.OVER) {
                    found[0] = call.getParserPosition();
                    done = true;
                }
                return super.visit(call);
            }
        });
        return found[0];
    }
}
