package io.millrace.sql.define;

import io.millrace.plan.JoinType;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.Rowtime;
import io.millrace.spi.error.MillraceException;
import io.millrace.sql.error.SqlErrors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** What a query that never ends cannot do. */
final class EndlessQueries {

    private EndlessQueries() {}

    /**
     * Refuses ORDER BY and OFFSET without LIMIT: they say something of all rows, and all rows never are. The first rows
     * in an order change as rows come. LIMIT alone ends a query that would go on.
     */
    static void check(SqlNode query) {
        Set<SqlNode> perRow = perRow(query);
        for (SqlNode node : parts(query)) {
            SqlNode offset = offset(node);
            if (offset == null || !perRow.contains(node)) {
                check(orderList(node), offset, fetch(node));
            }
        }
    }

    /** Refuses what {@link #check} let pass as it looked as if it referred to the query around it, and did not. */
    static void checkOffsets(PlanNode node, SqlNode query) {
        node.inputs().forEach(input -> checkOffsets(input, query));
        if (node instanceof PlanNode.Sort sort && sort.limit().orElse(0) < 0) {
            parts(query).forEach(part -> check(null, offset(part), null));
        }
    }

    private static @Nullable SqlNodeList orderList(SqlNode node) {
        return node instanceof SqlSelect select ? select.getOrderList() : ((SqlOrderBy) node).orderList;
    }

    private static @Nullable SqlNode offset(SqlNode node) {
        return node instanceof SqlSelect select ? select.getOffset() : ((SqlOrderBy) node).offset;
    }

    private static @Nullable SqlNode fetch(SqlNode node) {
        return node instanceof SqlSelect select ? select.getFetch() : ((SqlOrderBy) node).fetch;
    }

    /** Returns the queries below LATERAL, which may be asked for some rows for each row around them. */
    private static Set<SqlNode> perRow(SqlNode query) {
        Set<SqlNode> found = Collections.newSetFromMap(new IdentityHashMap<>());
        query.accept(new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlCall call) {
                if (call.getKind() == SqlKind.LATERAL) {
                    found.addAll(parts(call));
                }
                return super.visit(call);
            }
        });
        return found;
    }

    private static void check(@Nullable SqlNodeList order, @Nullable SqlNode offset, @Nullable SqlNode fetch) {
        boolean ordered = order != null && !order.isEmpty();
        if (ordered && fetch != null) {
            return;
        }
        if (ordered) {
            throw SqlErrors.unsupported(
                    "ORDER BY in a query that goes on is not supported",
                    "add LIMIT for the first rows in the order, as they change; leave out STREAM for an answer that"
                            + " ends, or ORDER BY: rows come in the order of their streams",
                    java.util.Objects.requireNonNull(order).getParserPosition());
        }
        if (offset != null) {
            throw SqlErrors.unsupported(
                    "OFFSET in a query that goes on is not supported",
                    "leave out STREAM for an answer that ends, or read as many rows as you want and close it",
                    offset.getParserPosition());
        }
    }

    /** Refuses a query whose rows are taken back where only rows can be added. */
    static void refuseUpdating(PlanNode root, SqlNode query, String target) {
        String time = windowTime(root);
        if (time != null && (Plan.updating(root) || groupsWindows(root))) {
            throw neverComplete(time, viewBelow(root), target, grouping(query));
        }
        PlanNode updates = lowestUpdating(root);
        if (updates instanceof PlanNode.Scan table) {
            throw changing(table, query, target);
        }
        if (updates instanceof PlanNode.Join join) {
            throw updating(join, query, target);
        }
        if (updates instanceof PlanNode.TopN) {
            throw topN(target, query);
        }
        if (updates != null && early(updates)) {
            throw early(target, query);
        }
        if (updates != null) {
            throw updating(target, grouping(query));
        }
    }

    static void refuseUpdatingWhere(boolean endless, PlanNode root, SqlNode query, String target) {
        if (endless) {
            refuseUpdating(root, query, target);
        }
    }

    /**
     * Returns the first operator that takes rows back of its own accord, inputs before those that read them. What is
     * only looked up may change as it likes.
     */
    private static @Nullable PlanNode lowestUpdating(PlanNode node) {
        if (!Plan.updating(node) || Plan.lookedUp(node)) {
            return null;
        }
        for (PlanNode input : node.inputs()) {
            PlanNode found = lowestUpdating(input);
            if (found != null) {
                return found;
            }
        }
        return Plan.updates(node) ? node : null;
    }

    private static MillraceException changing(PlanNode.Scan table, SqlNode query, String target) {
        return SqlErrors.invalid(
                "rows of '" + table.stream() + "' change, and " + target + " only takes what stays",
                "join a stream with it (FROM stream JOIN " + table.stream() + " ON …, or LEFT JOIN), and each row of"
                        + " the stream gets what is there then; create a materialized view; or write EMIT CHANGES to"
                        + " get each change as a row",
                named(query, table.stream()));
    }

    private static boolean early(PlanNode node) {
        return node instanceof PlanNode.WindowAggregate
                || (node instanceof PlanNode.Aggregate aggregate && aggregate.closing() != null);
    }

    private static MillraceException topN(String target, SqlNode query) {
        return SqlErrors.invalid(
                "the first rows in an order change as others come before them, and " + target
                        + " only takes what stays",
                "put window_start and window_end into PARTITION BY to get them once for each window, order by the"
                    + " stream's time to keep the first that come, create a materialized view, or write EMIT CHANGES"
                    + " to get each change as a row",
                query.getParserPosition());
    }

    /** Returns where something is named first. */
    private static SqlParserPos named(SqlNode query, String name) {
        SqlParserPos[] found = {null};
        query.accept(new SqlBasicVisitor<Void>() {
            @Override
            @SuppressWarnings("NullAway") // the visitor's answer is not used
            public Void visit(SqlIdentifier id) {
                if (found[0] == null && name.equalsIgnoreCase(id.names.getLast())) {
                    found[0] = id.getParserPosition();
                }
                return null;
            }
        });
        return found[0] == null ? query.getParserPosition() : found[0];
    }

    private static MillraceException early(String target, SqlNode query) {
        return SqlErrors.invalid(
                "EMIT ON UPDATE and EMIT EVERY change rows of a window that they gave before, and " + target
                        + " only takes what stays",
                "leave EMIT out to get each window once, or write EMIT CHANGES ON UPDATE to get each change as a row"
                        + " with what happened in the column op",
                query.getParserPosition());
    }

    private static boolean groupsWindows(PlanNode node) {
        return !(node instanceof PlanNode.Changes)
                && ((node instanceof PlanNode.Aggregate aggregate
                                && aggregate.closing() == null
                                && windowTime(aggregate) != null)
                        || node.inputs().stream().anyMatch(EndlessQueries::groupsWindows));
    }

    private static MillraceException updating(PlanNode.Join join, SqlNode query, String target) {
        SqlCall notIn = notIn(query);
        if (notIn != null) {
            return SqlErrors.invalid(
                    "NOT IN (subquery) takes rows back when an equal one comes, or NULL, and " + target
                            + " only takes what stays",
                    "write NOT EXISTS and compare the times of both sides (WHERE NOT EXISTS (SELECT 1 FROM b WHERE b.x"
                            + " = a.x AND b.ROWTIME BETWEEN a.ROWTIME AND a.ROWTIME + INTERVAL '5' MINUTE)), or create"
                            + " a materialized view",
                    notIn.getParserPosition());
        }
        boolean anti = join.type() == JoinType.ANTI;
        String name = anti ? "NOT EXISTS or EXCEPT" : join.type() + " JOIN";
        return SqlErrors.invalid(
                name + " without a limit on time takes rows back when a partner comes, and " + target
                        + " only takes what stays",
                (anti
                                ? "compare the times of both sides (… AND b.ROWTIME BETWEEN a.ROWTIME AND a.ROWTIME +"
                                        + " INTERVAL '5' MINUTE)"
                                : "say in ON how far apart the times may be (AND b.ROWTIME BETWEEN a.ROWTIME AND"
                                        + " a.ROWTIME + INTERVAL '5' MINUTE), join windows on window_start and"
                                        + " window_end")
                        + ", or create a materialized view",
                join(query));
    }

    /** Returns the first NOT IN of a subquery where no join could be the one that takes rows back, else null. */
    private static @Nullable SqlCall notIn(SqlNode query) {
        SqlCall[] found = {null};
        boolean[] joins = {false};
        query.accept(new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlCall call) {
                joins[0] |= call instanceof SqlJoin join
                        && (join.getJoinType().generatesNullsOnLeft()
                                || join.getJoinType().generatesNullsOnRight());
                boolean not = call.getKind() == SqlKind.NOT && call.operand(0).getKind() == SqlKind.IN;
                SqlCall in = not ? call.operand(0) : call;
                if (found[0] == null
                        && (not || in.getKind() == SqlKind.NOT_IN)
                        && in.operand(1).isA(SqlKind.QUERY)) {
                    found[0] = in;
                }
                return super.visit(call);
            }
        });
        return joins[0] ? null : found[0];
    }

    private static SqlParserPos join(SqlNode query) {
        SqlParserPos[] found = {query.getParserPosition()};
        query.accept(new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlCall call) {
                if (call instanceof SqlJoin join
                        && (join.getJoinType().generatesNullsOnLeft()
                                || join.getJoinType().generatesNullsOnRight())) {
                    found[0] = join.getRight().getParserPosition();
                }
                return super.visit(call);
            }
        });
        return found[0];
    }

    private static MillraceException updating(String target, SqlParserPos pos) {
        return SqlErrors.invalid(
                "an aggregate without a window changes rows it gave before, and " + target + " only takes new ones",
                "group by a window of the stream's time (window_start, window_end over TUMBLE or HOP, or FLOOR(ROWTIME"
                        + " TO MINUTE)), create a materialized view, or write EMIT CHANGES to get each change as a row",
                pos);
    }

    /** Returns the first view or table that the rows are made of, or null. */
    private static @Nullable String viewBelow(PlanNode node) {
        if (node instanceof PlanNode.Scan scan && scan.rowtime() instanceof Rowtime.Changing) {
            return scan.stream();
        }
        for (PlanNode input : node.inputs()) {
            String view = viewBelow(input);
            if (view != null) {
                return view;
            }
        }
        return null;
    }

    private static MillraceException neverComplete(
            String time, @Nullable String view, String target, SqlParserPos pos) {
        if (view != null) {
            return SqlErrors.invalid(
                    "windows of '" + time + "' are never complete, as '" + view + "' has no time that goes on, and "
                            + target + " only takes what stays",
                    "create a materialized view without EMIT ON WINDOW CLOSE: its windows follow what changes in '"
                            + view + "'; write EMIT CHANGES; or group the stream that '" + view + "' is made of",
                    pos);
        }
        return SqlErrors.invalid(
                "windows of '" + time + "' are never complete, as it is not the time of its stream, and " + target
                        + " only takes what stays",
                "use DESCRIPTOR(ROWTIME), or create the stream with WATERMARK FOR " + time,
                pos);
    }

    /** Returns the column of the first window that did not become one with its grouping, or null. */
    private static @Nullable String windowTime(PlanNode node) {
        if (node instanceof PlanNode.Window window) {
            return window.input().rowType().field(window.timeColumn()).name();
        }
        for (PlanNode input : node.inputs()) {
            String time = windowTime(input);
            if (time != null) {
                return time;
            }
        }
        return null;
    }

    private static SqlParserPos grouping(SqlNode query) {
        SqlParserPos pos = query.getParserPosition();
        for (SqlNode node : parts(query)) {
            if (node instanceof SqlSelect select
                    && select.getGroup() != null
                    && !select.getGroup().isEmpty()) {
                return select.getGroup().getParserPosition();
            }
        }
        return pos;
    }

    private static List<SqlNode> parts(SqlNode query) {
        List<SqlNode> parts = new ArrayList<>();
        query.accept(new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlCall call) {
                if (call instanceof SqlSelect || call instanceof SqlOrderBy) {
                    parts.add(call);
                }
                return super.visit(call);
            }
        });
        return parts;
    }
}
