package io.millrace.sql.define;

import io.millrace.plan.AskedRows;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.Rowtime;
import io.millrace.sql.error.SqlErrors;
import org.apache.calcite.sql.SqlNode;

/** What a query that never ends may do with a table of another database: look rows up in it by key. */
final class AskedTables {

    private AskedTables() {}

    static void check(PlanNode node, SqlNode query) {
        if (node instanceof PlanNode.Scan scan && scan.rowtime() instanceof Rowtime.Asked) {
            throw SqlErrors.unsupported(
                    "'" + scan.stream()
                            + "' is a table of another database, which a query that goes on can only look up",
                    "put it on the right of a join by one of its columns: FROM s JOIN " + scan.stream()
                            + " FOR SYSTEM_TIME AS OF s.ROWTIME AS t ON s.k = t.k, or LEFT JOIN; or copy it into a"
                            + " table",
                    query.getParserPosition());
        }
        AskedRows asked = node instanceof PlanNode.Join join ? AskedRows.of(join) : null;
        if (asked == null) {
            node.inputs().forEach(input -> check(input, query));
            return;
        }
        PlanNode.Join join = (PlanNode.Join) node;
        check(join.left(), query);
        if (!(asked.scan().rowtime() instanceof Rowtime.Asked rowtime) || !rowtime.lookedUp()) {
            check(asked.scan(), query);
        }
        if (asked.keys().isEmpty() || join.type().keepsRight() || Plan.updating(join.left())) {
            throw SqlErrors.unsupported(
                    asked.keys().isEmpty()
                            ? "'" + asked.scan().stream() + "' is a table of another database, and is joined without a"
                                    + " column that it can be asked by"
                            : "rows that change cannot be looked up in '" + asked.scan().stream()
                                    + "', a table of another database: what it answers to one that goes may not be what"
                                    + " it answered when it came",
                    asked.keys().isEmpty()
                            ? "say that one of its columns, as it is, equals something: ON s.k = t.k"
                            : "join a stream with it, and group what comes of that",
                    query.getParserPosition());
        }
    }
}
