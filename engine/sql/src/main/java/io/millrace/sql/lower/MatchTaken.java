package io.millrace.sql.lower;

import io.millrace.plan.MatchValue;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.jspecify.annotations.Nullable;

/** What an expression takes from a match. */
sealed interface MatchTaken {

    /** A value that is in the plan as it is. */
    record Plain(MatchValue value) implements MatchTaken {}

    /**
     * An aggregate, whose arguments may be more than columns.
     *
     * @param call the call as it was written
     * @param arguments of the input
     * @param filter of the input, or null for all rows
     * @param variables of whose rows it is
     * @param whole whether of the whole match
     */
    record Aggregate(
            SqlCall call,
            List<RexNode> arguments,
            @Nullable RexNode filter,
            List<Integer> variables,
            boolean whole,
            RelDataType type)
            implements MatchTaken {}
}
