package io.millrace.runtime.operator;

import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.WindowSpec;
import io.millrace.plan.expression.Expression;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of an endless query that are in the same lanes: one that has a key, and above it those that need no more than
 * the rows of one lane, since they have no key or theirs holds the first one's.
 *
 * <p>First rows, sessions and OVER give rows in the order of their time. They are in lanes of their own, whose rows are
 * put in that order again; what follows comes behind that.
 *
 * @param nodes the one that takes in rows first, the others behind it; a projection stands for the filter below it, too
 * @param keys by input of the first, the columns that rows go to lanes by
 * @param columns where these are among the columns of the last, none where they are not
 * @param timeColumn the column of the last that rows of all lanes come in the order of, or {@link #LANE_BY_LANE}
 */
record LanePlan(List<PlanNode> nodes, List<List<Integer>> keys, List<Integer> columns, int timeColumn) {

    /** In place of a column: rows come lane by lane. */
    static final int LANE_BY_LANE = -1;

    private static final int WINDOW_END = 1;

    LanePlan {
        nodes = List.copyOf(nodes);
        keys = List.copyOf(keys);
        columns = List.copyOf(columns);
    }

    private LanePlan(List<PlanNode> nodes, List<List<Integer>> keys, List<Integer> columns) {
        this(nodes, keys, columns, LANE_BY_LANE);
    }

    /** Returns the keys by the names of their columns. */
    List<List<String>> keyNames() {
        List<List<String>> names = new ArrayList<>();
        for (int input = 0; input < keys.size(); input++) {
            RowType type = nodes.getFirst().inputs().get(input).rowType();
            names.add(keys.get(input).stream()
                    .map(column -> type.field(column).name())
                    .toList());
        }
        return names;
    }

    /** Returns the nodes of which this is the last, or null where it is in no lanes. */
    static @Nullable LanePlan of(PlanNode node) {
        return switch (node) {
            case PlanNode.Project project -> project(project);
            case PlanNode.Filter filter -> behind(filter);
            case PlanNode.Unnest unnest -> behind(unnest);
            case PlanNode.Window window -> window(window);
            case PlanNode.Aggregate aggregate -> aggregate(aggregate);
            case PlanNode.WindowAggregate aggregate -> windows(aggregate);
            case PlanNode.TopN top -> top(top);
            case PlanNode.Over over -> over(over);
            case PlanNode.Match match -> match(match);
            case PlanNode.Join join -> join(join);
            default -> null;
        };
    }

    /** Returns the inputs of the operator that a node becomes: a projection takes the filter below it with it. */
    static List<PlanNode> inputs(PlanNode node) {
        return node instanceof PlanNode.Project project && project.input() instanceof PlanNode.Filter filter
                ? filter.inputs()
                : node.inputs();
    }

    private static @Nullable LanePlan project(PlanNode.Project project) {
        LanePlan below = below(inputs(project).getFirst());
        if (below == null) {
            return null;
        }
        List<Integer> columns = new ArrayList<>();
        for (int column : below.columns) {
            int place = place(project.expressions(), column);
            if (place < 0) {
                return below.followed(project, List.of());
            }
            columns.add(place);
        }
        return below.followed(project, columns);
    }

    private static int place(List<Expression> expressions, int column) {
        for (int i = 0; i < expressions.size(); i++) {
            if (expressions.get(i) instanceof Expression.Column same && same.index() == column) {
                return i;
            }
        }
        return -1;
    }

    /** Returns the lanes that a node's input is in and it may be in, too: none where these end to put rows in order. */
    private static @Nullable LanePlan below(PlanNode input) {
        LanePlan below = of(input);
        return below == null || below.timeColumn != LANE_BY_LANE ? null : below;
    }

    /** Puts a node behind those below it whose columns it passes on. */
    private static @Nullable LanePlan behind(PlanNode node) {
        LanePlan below = below(node.inputs().getFirst());
        return below == null ? null : below.followed(node, below.columns);
    }

    private LanePlan followed(PlanNode node, List<Integer> newColumns) {
        List<PlanNode> all = new ArrayList<>(nodes);
        all.add(node);
        return new LanePlan(all, keys, newColumns);
    }

    /** Returns the lanes of a node that gives rows in the order of time, or null where it has no key. */
    private static @Nullable LanePlan inOrder(PlanNode node, List<Integer> keys, int timeColumn) {
        return keys.isEmpty() ? null : new LanePlan(List.of(node), List.of(keys), List.of(), timeColumn);
    }

    private static @Nullable LanePlan window(PlanNode.Window node) {
        return node.window() instanceof WindowSpec.Session
                ? inOrder(node, node.partition(), node.input().rowType().size() + WINDOW_END)
                : behind(node);
    }

    private static @Nullable LanePlan over(PlanNode.Over node) {
        return node.order().isEmpty()
                ? null
                : inOrder(node, node.partition(), node.order().getFirst().column());
    }

    private static @Nullable LanePlan windows(PlanNode.WindowAggregate node) {
        if (node.window() instanceof WindowSpec.Session && !node.emission().early()) {
            return inOrder(node, node.keys(), node.keys().size() + WINDOW_END);
        }
        return keyed(node, node.keys(), places(node.keys().size()));
    }

    /** A group that time completes is found by its time first, so that does not part rows. */
    private static @Nullable LanePlan aggregate(PlanNode.Aggregate node) {
        List<Integer> keys = new ArrayList<>(node.keys());
        List<Integer> outputs = new ArrayList<>(places(keys.size()));
        PlanNode.Closing closing = node.closing();
        if (closing != null) {
            keys.remove(closing.key());
            outputs.remove(closing.key());
        }
        return keyed(node, keys, outputs);
    }

    private static @Nullable LanePlan top(PlanNode.TopN node) {
        if (node.inOrderOfTime()) {
            return inOrder(node, node.partition(), node.timeColumn());
        }
        List<Integer> keys = new ArrayList<>(node.partition());
        if (node.completesPartitions()) {
            keys.remove((Integer) node.timeColumn());
        }
        return keyed(node, keys, keys);
    }

    /**
     * Returns the lanes of a node with a key: those that are there already where they part no rows of one key, else its
     * own.
     *
     * @param keys columns of the input
     * @param outputs the same among its own columns, none where they are not there
     */
    private static @Nullable LanePlan keyed(PlanNode node, List<Integer> keys, List<Integer> outputs) {
        LanePlan below = following(node, keys, outputs);
        return below != null || keys.isEmpty() ? below : new LanePlan(List.of(node), List.of(keys), outputs);
    }

    /** Returns the lanes that are there already, or null where there are none or they part rows of one key. */
    private static @Nullable LanePlan following(PlanNode node, List<Integer> keys, List<Integer> outputs) {
        LanePlan below = below(node.inputs().getFirst());
        if (below == null || below.columns.isEmpty() || !keys.containsAll(below.columns)) {
            return null;
        }
        List<Integer> columns = outputs.isEmpty()
                ? List.of()
                : below.columns.stream()
                        .map(column -> outputs.get(keys.indexOf(column)))
                        .toList();
        return below.followed(node, columns);
    }

    /** Matches of one step come partition by partition, so they are in no order of time that would have to be kept. */
    private static @Nullable LanePlan match(PlanNode.Match node) {
        List<Integer> outputs =
                node.partition().stream().map(node.columns()::indexOf).toList();
        return keyed(node, node.partition(), outputs.contains(-1) ? List.of() : outputs);
    }

    private static @Nullable LanePlan join(PlanNode.Join node) {
        if (node.keys().isEmpty() || Plan.lookedUp(node.left()) || Plan.lookedUp(node.right())) {
            return null;
        }
        List<Integer> left = node.keys().stream().map(key -> key.left()).toList();
        List<Integer> right = node.keys().stream().map(key -> key.right()).toList();
        int width = node.left().rowType().size();
        List<Integer> outputs = switch (node.type()) {
            case INNER, LEFT, SEMI, ANTI -> left;
            case RIGHT -> right.stream().map(column -> column + width).toList();
            case FULL -> List.of();
        };
        return new LanePlan(List.of(node), List.of(left, right), outputs);
    }

    private static List<Integer> places(int count) {
        return java.util.stream.IntStream.range(0, count).boxed().toList();
    }
}
