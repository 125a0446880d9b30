package io.millrace.sql.lower;

import io.millrace.plan.AfterMatch;
import io.millrace.plan.RowPattern;
import io.millrace.plan.RowsPerMatch;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** MATCH_RECOGNIZE among Calcite's operators. Its expressions are over rows of what they take from a match. */
final class MatchRel extends SingleRel {

    private final Content content;

    /**
     * What is looked for.
     *
     * @param within a constant interval, or null
     * @param measures of {@code values}, by name
     * @param values what measures take from a match
     */
    record Content(
            List<PartitionKey> partition,
            RelCollation order,
            RowPattern pattern,
            boolean fromStart,
            boolean toEnd,
            @Nullable RexNode within,
            List<Variable> variables,
            AfterMatch after,
            RowsPerMatch perMatch,
            List<String> measureNames,
            List<RexNode> measures,
            List<MatchTaken> values) {}

    /**
     * What rows are parted by.
     *
     * @param value over the input
     * @param name of the column that has it in what is put out, or null for a column that keeps its own
     */
    record PartitionKey(RexNode value, @Nullable String name) {}

    /** A variable and its condition, over a row of what it takes. */
    record Variable(String name, @Nullable RexNode condition, List<MatchTaken> values) {}

    MatchRel(RelOptCluster cluster, RelTraitSet traits, RelNode input, RelDataType rowType, Content content) {
        super(cluster, traits, input);
        this.rowType = rowType;
        this.content = content;
    }

    Content content() {
        return content;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new MatchRel(getCluster(), traits, inputs.get(0), getRowType(), content);
    }
}
