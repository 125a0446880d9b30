package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.runtime.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Makes the lanes of the nodes that are in them together. */
final class LaneBuilder {

    private final LanePlan plan;
    private final List<Operator> inputs;
    private final BiFunction<PlanNode, List<Operator>, Operator> create;
    private final Workers workers;

    /**
     * @param inputs those of the first node
     * @param create makes the operator of a node over its inputs
     */
    LaneBuilder(
            LanePlan plan,
            List<Operator> inputs,
            BiFunction<PlanNode, List<Operator>, Operator> create,
            Workers workers) {
        this.plan = plan;
        this.inputs = inputs;
        this.create = create;
        this.workers = workers;
    }

    /** Returns the operator that runs the lanes, and adds one for each of the nodes, which has its state. */
    Operator build(List<Operator> operators) {
        List<InputBounds> bounds = inputs.stream().map(InputBounds::new).toList();
        List<List<Operator>> byNode = new ArrayList<>();
        plan.nodes().forEach(node -> byNode.add(new ArrayList<>()));
        List<Lane> lanes = new ArrayList<>();
        for (int i = 0; i < LanesOperator.LANES; i++) {
            lanes.add(lane(bounds, byNode));
        }
        List<LanedNode> nodes = nodes(byNode);
        operators.addAll(nodes);
        List<int[]> keys = plan.keys().stream()
                .map(columns -> columns.stream().mapToInt(Integer::intValue).toArray())
                .toList();
        return new LanesOperator(nodes.getLast(), bounds, keys, lanes, workers, nodes.getFirst()::split);
    }

    private Lane lane(List<InputBounds> bounds, List<List<Operator>> byNode) {
        List<LaneInput> ofLane = bounds.stream().map(LaneInput::new).toList();
        List<Operator> below = List.copyOf(ofLane);
        for (int i = 0; i < plan.nodes().size(); i++) {
            Operator operator = create.apply(plan.nodes().get(i), below);
            byNode.get(i).add(operator);
            below = List.of(operator);
        }
        return new Lane(ofLane, (KeyedOperator) byNode.getFirst().getLast(), below.getFirst());
    }

    private List<LanedNode> nodes(List<List<Operator>> byNode) {
        List<LanedNode> nodes = new ArrayList<>();
        List<Operator> below = inputs;
        for (List<Operator> operators : byNode) {
            LanedNode node = new LanedNode(below, operators, plan.keys().toString());
            nodes.add(node);
            below = List.of(node);
        }
        return nodes;
    }
}
