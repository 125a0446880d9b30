package io.millrace.sql.define;

import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.type.DataType;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.label.Labels;
import io.millrace.sql.lower.Lowering;
import io.millrace.sql.parser.tree.SqlEmit;
import io.millrace.sql.rewrite.FormLookups;
import io.millrace.sql.rewrite.FormNearest;
import io.millrace.sql.rewrite.FormTopN;
import io.millrace.sql.rewrite.Nodes;
import io.millrace.sql.rewrite.Rewriting;
import io.millrace.sql.validate.ValidQuery;
import io.millrace.sql.validate.Validation;
import io.millrace.sql.validate.Validation.RowtimeWanted;
import io.millrace.sql.view.ViewExpansion;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Queries to plans. */
public final class Queries {

    private final Validation validation;
    private final ViewExpansion views;

    public Queries(Catalog catalog) {
        this(catalog, false);
    }

    /** @param slots whether the places of tables' rows can be named: in statements that change them */
    Queries(Catalog catalog, boolean slots) {
        this.validation = new Validation(catalog, slots);
        this.views = new ViewExpansion(catalog);
    }

    /**
     * A plan and the parameters it has.
     *
     * @param plan the plan
     * @param parameterTypes their types by place
     */
    public record Planned(Plan plan, List<DataType> parameterTypes) {}

    /**
     * A query translated, but not yet in its final form.
     *
     * @param node its operators
     * @param rowtime place of the column that is its rows' ROWTIME, or -1
     * @param addedRowtime whether the query itself does not name that column
     * @param endless whether it goes on
     * @param emit when it gives its rows, and what of them
     * @param parameterTypes types of its parameters
     */
    record Lowered(
            PlanNode node,
            int rowtime,
            boolean addedRowtime,
            boolean endless,
            EmitClause emit,
            StateTtlHint ttl,
            List<DataType> parameterTypes) {

        /** Returns the whole query of operators in their final form. */
        Plan plan(PlanNode root, int rowtimeColumn) {
            return new Plan(root, endless, rowtimeColumn, ttl.of(root));
        }

        /** Returns the plan of operators that give the rows, under their names, once they are in their final form. */
        PlanNode rewritten(PlanNode rows, boolean rowtimeUsed, SqlNode query) {
            PlanNode root = Rewriting.apply(rows, rowtimeUsed, emit.emission());
            emit.check(root, query);
            if (endless) {
                AskedTables.check(root, query);
                EndlessFunctions.check(root, query);
                EndlessSessions.check(root, query);
            }
            return root;
        }
    }

    /** Plans a query that a client reads. */
    public Planned plan(SqlNode query, List<? extends @Nullable DataType> parameterTypes) {
        List<String> labels = Labels.unnamed(SqlEmit.query(query));
        Lowered lowered = lower(query, false, RowtimeWanted.NO, parameterTypes);
        PlanNode root = lowered.rewritten(lowered.emit().apply(labelled(lowered.node(), labels)), false, query);
        return new Planned(lowered.plan(root, -1), lowered.parameterTypes());
    }

    private static PlanNode labelled(PlanNode node, List<String> labels) {
        List<String> names = Nodes.names(node.rowType());
        List<String> labelled = Labels.apply(names, labels);
        return labelled.equals(names) ? node : Nodes.renamed(node, labelled);
    }

    /**
     * Translates a query.
     *
     * @param streams whether it is endless whether or not it says STREAM
     */
    Lowered lower(
            SqlNode statement,
            boolean streams,
            RowtimeWanted rowtime,
            List<? extends @Nullable DataType> parameterTypes) {
        return lower(statement, streams, false, rowtime, parameterTypes);
    }

    /** Translates the query of a materialized view, whose rows follow the changes of what is kept. */
    Lowered lowerView(SqlNode statement) {
        return lower(statement, true, true, RowtimeWanted.NO, List.of());
    }

    private Lowered lower(
            SqlNode statement,
            boolean streams,
            boolean follows,
            RowtimeWanted rowtime,
            List<? extends @Nullable DataType> parameterTypes) {
        EmitClause emit = EmitClause.of(statement);
        SqlNode query = views.of(SqlEmit.query(statement));
        StateTtlHint ttl = StateTtlHint.take(query);
        // A change has no time but that at which it happens.
        ValidQuery valid =
                validation.query(query, streams, emit.changes() ? RowtimeWanted.NO : rowtime, parameterTypes);
        emit.check(valid.endless());
        ttl.check(valid.endless());
        if (valid.endless()) {
            EndlessQueries.check(query);
        }
        PlanNode lowered = Lowering.lower(valid);
        boolean stays = valid.endless() && !follows && !emit.changes();
        PlanNode node = FormTopN.apply(stays ? FormLookups.apply(lowered) : lowered, valid.endless());
        if (valid.endless() && !stays) {
            node = FormNearest.apply(node);
        }
        if (valid.endless()) {
            EndlessQueries.checkOffsets(node, query);
            EndlessOvers.check(node, query);
        }
        int column = valid.carriesRowtime() ? find(node) : -1;
        return new Lowered(node, column, valid.addedRowtime(), valid.endless(), emit, ttl, valid.parameterTypes());
    }

    private static int find(PlanNode node) {
        for (int i = node.rowType().size() - 1; i >= 0; i--) {
            if (node.rowType().field(i).name().equalsIgnoreCase(SystemColumns.ROWTIME.name())) {
                return i;
            }
        }
        return -1;
    }
}
