package io.millrace.runtime.operator;

import static io.millrace.runtime.Scenario.ARRIVAL;
import static io.millrace.runtime.Scenario.aggregate;
import static io.millrace.runtime.Scenario.count;
import static io.millrace.runtime.Scenario.early;
import static io.millrace.runtime.Scenario.scan;
import static io.millrace.runtime.Scenario.windows;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.PlanNode;
import io.millrace.plan.WindowSpec;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LanePlanTest {

    private static final PlanNode TICKS = scan("ticks", ARRIVAL);

    @Test
    void whatHasNoKeyIsInNoLanes() {
        assertThat(LanePlan.of(TICKS)).isNull();
        assertThat(LanePlan.of(project(TICKS, 0, 1))).isNull();
        assertThat(LanePlan.of(aggregate("all", TICKS, List.of(), count()))).isNull();
    }

    @Test
    void whatFollowsAndNeedsNoOtherRowsIsInTheSameLanes() {
        PlanNode groups = aggregate("groups", TICKS, List.of(1), count());
        PlanNode swapped = project(groups, 1, 0);
        PlanNode finer = aggregate("finer", swapped, List.of(0, 1), count());
        assertThat(ids(finer)).containsExactly("groups", "project 1 0", "finer");
        LanePlan plan = LanePlan.of(finer);
        assertThat(plan.keys()).containsExactly(List.of(1));
        assertThat(plan.columns()).containsExactly(1);
    }

    @Test
    void aCoarserKeyBringsRowsTogetherAnew() {
        PlanNode groups = aggregate("groups", TICKS, List.of(1, 2), count());
        assertThat(ids(aggregate("coarser", groups, List.of(0), count()))).containsExactly("coarser");
    }

    @Test
    void aKeyThatIsLeftOutIsNotGoneBy() {
        PlanNode groups = aggregate("groups", TICKS, List.of(1), count());
        PlanNode counts = project(groups, 1);
        assertThat(ids(counts)).containsExactly("groups", "project 1");
        assertThat(ids(aggregate("by count", counts, List.of(0), count()))).containsExactly("by count");
    }

    @Test
    void windowsGoByTheirKeys() {
        WindowSpec window = new WindowSpec.Hopping(10, 10, 0);
        PlanNode.WindowAggregate windows = windows(TICKS, window, List.of(1), count());
        assertThat(ids(windows)).containsExactly("windows");
        assertThat(ids(early(windows, 0))).containsExactly("early windows");
        assertThat(ids(windows(TICKS, window, List.of(), count()))).isNull();
    }

    @Test
    void whatGivesRowsInTheOrderOfTimeIsInLanesOfItsOwn() {
        PlanNode.WindowAggregate sessions = windows(TICKS, new WindowSpec.Session(3), List.of(1), count());
        assertThat(ids(sessions)).containsExactly("windows");
        assertThat(LanePlan.of(sessions).timeColumn()).isEqualTo(2);
        assertThat(ids(project(sessions, 0, 1))).isNull();
        assertThat(ids(aggregate("above", sessions, List.of(0), count()))).containsExactly("above");
        assertThat(ids(windows(TICKS, new WindowSpec.Session(3), List.of(), count())))
                .isNull();
        assertThat(ids(project(early(sessions, 0), 0, 1))).containsExactly("early windows", "project 0 1");
    }

    private static @Nullable List<String> ids(PlanNode node) {
        LanePlan plan = LanePlan.of(node);
        return plan == null ? null : plan.nodes().stream().map(PlanNode::id).toList();
    }

    private static PlanNode project(PlanNode input, int... columns) {
        List<Expression> expressions = new ArrayList<>();
        StringBuilder id = new StringBuilder("project");
        for (int column : columns) {
            expressions.add(new Column(
                    column,
                    input.rowType().field(column).type(),
                    input.rowType().field(column).nullable()));
            id.append(' ').append(column);
        }
        RowType type = input.rowType().project(columns);
        return new PlanNode.Project(id.toString(), input, type, expressions);
    }
}
