package io.millrace.sql.define;

import io.millrace.plan.Emission;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Changes;
import io.millrace.plan.PlanNode.Consolidate;
import io.millrace.plan.PlanNode.Sort;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.parser.tree.EmitTiming;
import io.millrace.sql.parser.tree.SqlEmit;
import io.millrace.sql.rewrite.Nodes;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * What a statement says of when its query gives its rows, and whether it gives rows or their changes.
 *
 * @param changes whether changes are wanted in place of rows
 * @param timing when
 * @param everyMicros the interval of {@link EmitTiming#EVERY}, or 0
 * @param latenessMicros how long windows take rows after their end
 * @param place where it is said, or null where nothing is
 */
record EmitClause(
        boolean changes,
        EmitTiming timing,
        long everyMicros,
        long latenessMicros,
        @Nullable SqlParserPos place) {

    /** The name of the column that tells what happened. */
    static final String OP = "op";

    private static final long MICROS_PER_MILLI = 1000;

    static EmitClause of(SqlNode statement) {
        if (!(statement instanceof SqlEmit emit)) {
            return new EmitClause(false, EmitTiming.DEFAULT, 0, 0, null);
        }
        long lateness = micros(emit.lateness());
        EmitClause clause = new EmitClause(
                emit.changes(), emit.timing(), micros(emit.interval()), lateness, emit.getParserPosition());
        if (lateness > 0 && !clause.early()) {
            throw SqlErrors.invalid(
                    "LATENESS says for how long a window changes after its end, and without ON UPDATE it never changes",
                    "write EMIT ON UPDATE WITH LATENESS …, or a longer delay in the stream's WATERMARK FOR",
                    emit.getParserPosition());
        }
        return clause;
    }

    private static long micros(@Nullable SqlNode interval) {
        if (interval == null) {
            return 0;
        }
        SqlIntervalLiteral literal = (SqlIntervalLiteral) interval;
        if (SqlTypeName.YEAR_INTERVAL_TYPES.contains(literal.getTypeName())) {
            throw SqlErrors.invalid(
                    "an interval of months has no fixed length", "write it in days", interval.getParserPosition());
        }
        long micros = Math.multiplyExact(literal.getValueAs(Long.class), MICROS_PER_MILLI);
        if (micros <= 0) {
            throw SqlErrors.invalid("an interval of no length", "give one above zero", interval.getParserPosition());
        }
        return micros;
    }

    private boolean early() {
        return timing == EmitTiming.ON_UPDATE || timing == EmitTiming.EVERY;
    }

    Emission emission() {
        return early() ? new Emission(true, latenessMicros) : Emission.ON_CLOSE;
    }

    /** Refuses the clause where there is nothing to say. */
    void check(boolean endless) {
        if (place != null && !endless) {
            throw SqlErrors.invalid(
                    "EMIT in a query that ends",
                    "write SELECT STREAM, or leave EMIT out: all is given at the end",
                    place);
        }
    }

    /** Refuses changes in place of rows, for what holds rows. */
    void refuseChanges() {
        if (changes && place != null) {
            throw SqlErrors.invalid(
                    "a materialized view holds rows, not their changes",
                    "leave EMIT CHANGES out here, and write it where the view is read",
                    place);
        }
    }

    /**
     * Returns the operators that give what the clause says, of those that give the query's rows. A LIMIT counts what
     * is given.
     */
    PlanNode apply(PlanNode query) {
        if ((changes || everyMicros > 0)
                && query instanceof Sort limit
                && limit.keys().isEmpty()) {
            return new Sort(Nodes.NO_ID, apply(limit.input()), List.of(), limit.offset(), limit.limit());
        }
        PlanNode node = query;
        if (everyMicros > 0 || changes) {
            node = new Consolidate(Nodes.NO_ID, node, everyMicros);
        }
        return changes ? new Changes(Nodes.NO_ID, node, withOp(node)) : node;
    }

    private RowType withOp(PlanNode node) {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.required(OP, DataType.VARCHAR));
        for (Field field : node.rowType().fields()) {
            if (field.name().equalsIgnoreCase(OP) && place != null) {
                throw SqlErrors.invalid(
                        "the query has a column '" + field.name() + "', and EMIT CHANGES adds one of that name",
                        "give the query's another name with AS",
                        place);
            }
            fields.add(field);
        }
        return new RowType(fields);
    }

    /** Refuses what is not once and for all where that is asked for. */
    void check(PlanNode root, SqlNode query) {
        if (timing == EmitTiming.ON_WINDOW_CLOSE) {
            EndlessQueries.refuseUpdating(belowChanges(root), query, "EMIT ON WINDOW CLOSE");
        }
    }

    private static PlanNode belowChanges(PlanNode root) {
        PlanNode node = root;
        while (!(node instanceof Changes changes)) {
            if (node.inputs().size() != 1) {
                return root;
            }
            node = node.inputs().getFirst();
        }
        return changes.input();
    }
}
