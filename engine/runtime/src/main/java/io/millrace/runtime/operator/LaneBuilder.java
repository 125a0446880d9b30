package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.runtime.Workers;
import io.millrace.runtime.spill.WorkspaceShare;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** Makes the lanes of the nodes that are in them together. */
final class LaneBuilder {

    private final LanePlan plan;
    private final List<Operator> inputs;
    private final BiFunction<PlanNode, List<Operator>, Operator> create;

    /**
     * @param inputs those of the first node
     * @param create makes the operator of a node over its inputs
     */
    LaneBuilder(LanePlan plan, List<Operator> inputs, BiFunction<PlanNode, List<Operator>, Operator> create) {
        this.plan = plan;
        this.inputs = inputs;
        this.create = create;
    }

    /** Returns the operator that runs the lanes, and adds one for each of the nodes, which has its state. */
    Operator build(List<Operator> operators, Workers workers, WorkspaceShare share) {
        List<InputBounds> bounds = inputs.stream().map(InputBounds::new).toList();
        List<Lane> lanes = new ArrayList<>();
        for (int i = 0; i < LanesOperator.LANES; i++) {
            lanes.add(new Lane(() -> operators(bounds)));
        }
        LaneTime time = new LaneTime(bounds, any(lanes.getFirst(), KeyedOperator::clocked));
        LaneMemory memory = new LaneMemory(lanes, share, plan.nodes().getFirst().id());
        List<LanedNode> nodes = nodes(lanes, memory, time);
        operators.addAll(nodes);
        List<int[]> keys = plan.keys().stream()
                .map(columns -> columns.stream().mapToInt(Integer::intValue).toArray())
                .toList();
        return new LanesOperator(
                nodes.getLast(), time, keys, plan.timeColumn(), lanes, memory, workers, nodes.getFirst()::split);
    }

    private Lane.Operators operators(List<InputBounds> bounds) {
        List<LaneInput> ofLane = bounds.stream().map(LaneInput::new).toList();
        List<Operator> inOrder = new ArrayList<>();
        List<Operator> below = List.copyOf(ofLane);
        for (PlanNode node : plan.nodes()) {
            inOrder.add(create.apply(node, below));
            below = List.of(inOrder.getLast());
        }
        return new Lane.Operators(ofLane, inOrder);
    }

    private boolean any(Lane lane, Predicate<KeyedOperator> what) {
        for (int i = 0; i < plan.nodes().size(); i++) {
            if (lane.operator(i) instanceof KeyedOperator keyed && what.test(keyed)) {
                return true;
            }
        }
        return false;
    }

    private List<LanedNode> nodes(List<Lane> lanes, LaneMemory memory, LaneTime time) {
        List<LanedNode> nodes = new ArrayList<>();
        List<Operator> below = inputs;
        for (int i = 0; i < plan.nodes().size(); i++) {
            nodes.add(new LanedNode(below, lanes, i, plan, memory, time));
            below = List.of(nodes.getLast());
        }
        return nodes;
    }
}
