package io.millrace.sql.rewrite;

import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Aggregate;
import io.millrace.plan.PlanNode.Filter;
import io.millrace.plan.PlanNode.Join;
import io.millrace.plan.PlanNode.Match;
import io.millrace.plan.PlanNode.Over;
import io.millrace.plan.PlanNode.Project;
import io.millrace.plan.PlanNode.Repeat;
import io.millrace.plan.PlanNode.TopN;
import io.millrace.plan.PlanNode.UnionAll;
import io.millrace.plan.PlanNode.Unnest;
import io.millrace.plan.PlanNode.Values;
import io.millrace.plan.PlanNode.Window;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Column;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Moves filters down, merges projections, and drops nodes that change nothing. */
final class Simplify {

    private Simplify() {}

    static PlanNode apply(PlanNode node) {
        PlanNode simple = Nodes.withInputs(
                node, node.inputs().stream().map(Simplify::apply).toList());
        return switch (simple) {
            case Filter filter -> filter(filter);
            case Project project -> project(project);
            case Aggregate aggregate -> aggregate(aggregate);
            case UnionAll union -> union(union);
            case Join join -> JoinFilters.ofCondition(join);
            default -> simple;
        };
    }

    private static PlanNode filter(Filter filter) {
        List<Expression> parts = Conditions.parts(filter.condition());
        if (parts.isEmpty()) {
            return filter.input();
        }
        Expression condition = Conditions.all(parts);
        return switch (filter.input()) {
            case Filter below ->
                filter(new Filter(Nodes.NO_ID, below.input(), Conditions.all(List.of(below.condition(), condition))));
            case Project below when !deterministic(condition, below) -> new Filter(Nodes.NO_ID, below, condition);
            case Project below -> {
                Expression moved = Columns.substitute(
                        condition, index -> below.expressions().get(index));
                yield project(new Project(
                        Nodes.NO_ID,
                        filter(new Filter(Nodes.NO_ID, below.input(), moved)),
                        below.rowType(),
                        below.expressions()));
            }
            case UnionAll below ->
                new UnionAll(
                        Nodes.NO_ID,
                        below.inputs().stream()
                                .map(input -> filter(new Filter(Nodes.NO_ID, input, condition)))
                                .toList());
            case Window below -> belowWindow(parts, below);
            case Over below -> belowPartition(parts, below, below.partition());
            case TopN below -> belowPartition(parts, below, below.partition());
            case Match below -> belowMatch(parts, below);
            case Unnest below -> belowUnnest(parts, below);
            case Join below -> JoinFilters.below(parts, below);
            case Repeat below -> Nodes.withInputs(below, List.of(filtered(below.input(), parts)));
            default -> new Filter(Nodes.NO_ID, filter.input(), condition);
        };
    }

    /** Returns whether what a condition tests is computed anew without becoming something else. */
    private static boolean deterministic(Expression condition, Project below) {
        return Columns.of(condition).stream()
                .allMatch(column -> below.expressions().get(column).deterministic());
    }

    /** Returns the rows of a node for which all parts are TRUE, tested as far down as may be. */
    static PlanNode filtered(PlanNode node, List<Expression> parts) {
        return parts.isEmpty() ? node : filter(new Filter(Nodes.NO_ID, node, Conditions.all(parts)));
    }

    /** What a filter says of the row alone, it says before the row is put into windows. */
    private static PlanNode belowWindow(List<Expression> parts, Window window) {
        return below(parts, window, window.input());
    }

    private static PlanNode belowUnnest(List<Expression> parts, Unnest unnest) {
        return below(parts, unnest, unnest.input());
    }

    /** Tests parts that look at the input's columns only before the node adds others behind them. */
    private static PlanNode below(List<Expression> parts, PlanNode node, PlanNode input) {
        int own = input.rowType().size();
        List<Expression> before = new ArrayList<>();
        List<Expression> after = new ArrayList<>();
        for (Expression part : parts) {
            (Columns.of(part).length() <= own ? before : after).add(part);
        }
        PlanNode added = Nodes.withInputs(node, List.of(filtered(input, before)));
        return after.isEmpty() ? added : new Filter(Nodes.NO_ID, added, Conditions.all(after));
    }

    /** Returns a projection merged with one below it. */
    static PlanNode merged(Project project) {
        return project(project);
    }

    /** As below OVER. */
    private static PlanNode belowMatch(List<Expression> parts, Match match) {
        List<Expression> before = new ArrayList<>();
        List<Expression> after = new ArrayList<>();
        for (Expression part : parts) {
            boolean whole = Columns.of(part).stream()
                    .allMatch(c -> c < match.columns().size()
                            && match.partition().contains(match.columns().get(c)));
            if (whole) {
                before.add(
                        Columns.move(part, match.columns()::get, match.input().rowType()));
            } else {
                after.add(part);
            }
        }
        PlanNode computed = Nodes.withInputs(match, List.of(filtered(match.input(), before)));
        return after.isEmpty() ? computed : new Filter(Nodes.NO_ID, computed, Conditions.all(after));
    }

    /** What a filter says of whole partitions, it says before their rows are put in order. */
    private static PlanNode belowPartition(List<Expression> parts, PlanNode node, List<Integer> partition) {
        List<Expression> before = new ArrayList<>();
        List<Expression> after = new ArrayList<>();
        for (Expression part : parts) {
            boolean whole = Columns.of(part).stream().allMatch(partition::contains);
            (whole ? before : after).add(part);
        }
        PlanNode computed =
                Nodes.withInputs(node, List.of(filtered(node.inputs().getFirst(), before)));
        return after.isEmpty() ? computed : new Filter(Nodes.NO_ID, computed, Conditions.all(after));
    }

    private static PlanNode project(Project project) {
        return switch (project.input()) {
            case Project below
            when mergeable(project, below) ->
                project(new Project(
                        Nodes.NO_ID,
                        below.input(),
                        project.rowType(),
                        project.expressions().stream()
                                .map(e -> Columns.substitute(
                                        e, index -> below.expressions().get(index)))
                                .toList()));
            case Values values -> values(project, values);
            default -> identity(project) ? project.input() : project;
        };
    }

    private static boolean mergeable(Project above, Project below) {
        int[] uses = new int[below.expressions().size()];
        for (Expression expression : above.expressions()) {
            count(expression, uses);
        }
        return IntStream.range(0, uses.length)
                .allMatch(i -> uses[i] <= 1 || Columns.cheap(below.expressions().get(i)));
    }

    private static void count(Expression expression, int[] uses) {
        Columns.substitute(expression, index -> {
            uses[index]++;
            return expression;
        });
    }

    /** Returns whether a projection gives back its input, names included. */
    private static boolean identity(Project project) {
        return project.rowType().equals(project.input().rowType()) && inOrder(project);
    }

    static boolean inOrder(Project project) {
        return project.expressions().size() == project.input().rowType().size()
                && IntStream.range(0, project.expressions().size())
                        .allMatch(i -> project.expressions().get(i) instanceof Column c && c.index() == i);
    }

    private static PlanNode values(Project project, Values values) {
        List<List<Expression>> rows = values.rows().stream()
                .map(row -> project.expressions().stream()
                        .map(e -> Columns.substitute(e, row::get))
                        .toList())
                .toList();
        return new Values(Nodes.NO_ID, project.rowType(), rows);
    }

    private static PlanNode union(UnionAll union) {
        List<PlanNode> inputs = new ArrayList<>();
        for (PlanNode input : union.inputs()) {
            if (input instanceof UnionAll inner) {
                inputs.addAll(inner.inputs());
            } else {
                inputs.add(input);
            }
        }
        if (inputs.stream().allMatch(Values.class::isInstance)) {
            List<List<Expression>> rows = inputs.stream()
                    .flatMap(input -> ((Values) input).rows().stream())
                    .toList();
            return new Values(Nodes.NO_ID, union.rowType(), rows);
        }
        return inputs.size() == 1 ? inputs.getFirst() : new UnionAll(Nodes.NO_ID, inputs);
    }

    /** An aggregate over a projection of columns takes those columns itself. */
    private static PlanNode aggregate(Aggregate aggregate) {
        if (!(aggregate.input() instanceof Project project) || aggregate.closing() != null) {
            return aggregate;
        }
        BitSet used = new BitSet();
        aggregate.keys().forEach(used::set);
        aggregate.aggregates().forEach(call -> PruneColumns.collect(call, used));
        List<Expression> expressions = project.expressions();
        if (!used.stream().allMatch(i -> expressions.get(i) instanceof Column)) {
            return aggregate;
        }
        return new Aggregate(
                Nodes.NO_ID,
                project.input(),
                aggregate.rowType(),
                aggregate.keys().stream().map(k -> place(expressions, k)).toList(),
                aggregate.aggregates().stream()
                        .map(call -> Nodes.move(call, i -> place(expressions, i)))
                        .toList(),
                null);
    }

    private static int place(List<Expression> expressions, int index) {
        return ((Column) expressions.get(index)).index();
    }
}
