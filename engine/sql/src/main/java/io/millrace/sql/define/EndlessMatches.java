package io.millrace.sql.define;

import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode.Match;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.rewrite.Lineage;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** What MATCH_RECOGNIZE cannot do in a query that never ends: rows must come in the order of time, and stay. */
final class EndlessMatches {

    private static final String ENDS = "leave out STREAM for an answer that ends, or ";

    private EndlessMatches() {}

    static void check(Match match, SqlNode query) {
        SqlParserPos pos = position(query);
        if (match.order().isEmpty()
                || match.order().getFirst().descending()
                || !Lineage.isRowtime(match.input(), match.order().getFirst().column())) {
            throw SqlErrors.unsupported(
                    "MATCH_RECOGNIZE in a query that goes on needs ORDER BY the stream's time first, ascending",
                    ENDS + "write ORDER BY ROWTIME",
                    pos);
        }
        if (match.rows().fromStart() || match.rows().toEnd()) {
            throw SqlErrors.unsupported(
                    "^ and $ in a query that goes on are not supported: its partitions have no start that is kept, and"
                            + " no end",
                    ENDS + "leave them out",
                    pos);
        }
        if (Plan.updating(match.input())) {
            throw SqlErrors.unsupported(
                    "MATCH_RECOGNIZE of rows that change in a query that goes on is not supported",
                    ENDS + "group the rows below by a window of the stream's time",
                    pos);
        }
    }

    /** Returns where the first MATCH_RECOGNIZE is. */
    private static SqlParserPos position(SqlNode query) {
        SqlParserPos[] found = {null};
        query.accept(new SqlBasicVisitor<Void>() {
            @Override
            @SuppressWarnings("NullAway") // the visitor's answer is not used
            public Void visit(SqlCall call) {
                if (found[0] == null && call instanceof SqlMatchRecognize) {
                    found[0] = call.getParserPosition();
                }
                return super.visit(call);
            }
        });
        return found[0] == null ? query.getParserPosition() : found[0];
    }
}
