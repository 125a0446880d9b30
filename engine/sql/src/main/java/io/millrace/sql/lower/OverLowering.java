package io.millrace.sql.lower;

import io.millrace.plan.Frame;
import io.millrace.plan.Frame.Exclusion;
import io.millrace.plan.Frame.Unit;
import io.millrace.plan.OverCall;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Over;
import io.millrace.plan.SortKey;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.coercion.Coercion;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.function.OverFunctions;
import io.millrace.sql.function.UserAggregateOperator;
import io.millrace.sql.rewrite.Columns;
import io.millrace.sql.rewrite.Nodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelFieldCollation.Direction;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlOperator;
import org.jspecify.annotations.Nullable;

/**
 * A projection with OVER in it.
 *
 * <pre>
 *   Project a, SUM(b + 1) OVER (PARTITION BY c ORDER BY t)        Project a, $s
 *     input                                                  →      Over partition c, order t, $s = SUM($x)
 *                                                                     Project *, $x = b + 1
 *                                                                       input
 * </pre>
 *
 * <p>Calls with the same partition and order share an operator; others stand one above the other.
 */
final class OverLowering implements OverCalls.Arguments {

    private final RowType original;
    private final ExpressionLowering expressions;
    private final List<Expression> columns;
    private final List<String> names;
    private final Map<RexOver, Integer> places = new LinkedHashMap<>();

    private OverLowering(PlanNode input) {
        this.original = input.rowType();
        this.expressions = new ExpressionLowering(original);
        this.columns = new ArrayList<>(
                Columns.at(IntStream.range(0, original.size()).boxed().toList(), original));
        this.names = new ArrayList<>(Nodes.names(original));
    }

    static PlanNode project(PlanNode input, List<RexNode> projects, List<String> names) {
        List<RexNode> plain = projects.stream().map(SumOver::plain).toList();
        List<RexOver> overs = find(plain);
        OverLowering lowering = new OverLowering(input);
        PlanNode computed = lowering.nodes(input, overs);
        ExpressionLowering above = new ExpressionLowering(computed.rowType(), lowering.places);
        return Nodes.project(computed, plain.stream().map(above::lower).toList(), names);
    }

    static boolean contains(List<RexNode> projects) {
        return !find(projects).isEmpty();
    }

    private static List<RexOver> find(List<RexNode> nodes) {
        List<RexOver> found = new ArrayList<>();
        RexVisitorImpl<Void> visitor = new RexVisitorImpl<>(true) {
            @Override
            @SuppressWarnings("NullAway") // the visitor's answer is not used
            public Void visitOver(RexOver over) {
                if (!found.contains(over)) {
                    found.add(over);
                }
                return null;
            }
        };
        nodes.forEach(node -> node.accept(visitor));
        return found;
    }

    /** What calls have in common that one operator computes. */
    private record Sharing(List<RexNode> partition, List<RexFieldCollation> order) {}

    private PlanNode nodes(PlanNode input, List<RexOver> overs) {
        Map<Sharing, List<RexOver>> shared = new LinkedHashMap<>();
        for (RexOver over : overs) {
            RexWindow window = over.getWindow();
            shared.computeIfAbsent(new Sharing(window.partitionKeys, window.orderKeys), s -> new ArrayList<>())
                    .add(over);
            makeColumns(over);
            window.partitionKeys.forEach(this::column);
            window.orderKeys.forEach(key -> column(key.left));
        }
        PlanNode node = columns.size() == original.size() ? input : Nodes.project(input, columns, names);
        for (Map.Entry<Sharing, List<RexOver>> entry : shared.entrySet()) {
            node = over(node, entry.getKey(), entry.getValue());
        }
        return node;
    }

    @Override
    public int column(RexNode node) {
        return column(expressions.lower(node));
    }

    @Override
    public int column(RexNode node, DataType type) {
        return column(Coercion.to(type, expressions.lower(node)));
    }

    @Override
    public List<Integer> arguments(RexOver over) {
        FunctionDefinition function = Objects.requireNonNull(UserAggregateOperator.find(over.getAggOperator()));
        List<Integer> arguments = new ArrayList<>();
        for (RexNode operand : over.getOperands()) {
            arguments.add(column(UserCalls.argument(
                    function, arguments.size(), expressions.lower(operand), over.getParserPosition())));
        }
        return arguments;
    }

    /** Returns the column that an expression is, making one where it is none. */
    private int column(Expression expression) {
        if (expression instanceof Column column) {
            return column.index();
        }
        int known = columns.indexOf(expression);
        if (known >= 0) {
            return known;
        }
        columns.add(expression);
        names.add("$" + columns.size());
        return columns.size() - 1;
    }

    /** Makes columns of what a call takes, those arguments left out that are constants of the call itself. */
    private void makeColumns(RexOver over) {
        List<RexNode> operands = over.getOperands();
        switch (over.getOperator().getKind()) {
            case NTILE -> {}
            case NTH_VALUE -> column(operands.getFirst());
            case LAG, LEAD -> {
                int argument = column(operands.getFirst());
                if (operands.size() > 2) {
                    column(operands.get(2), columns.get(argument).type());
                }
            }
            default -> {
                if (UserAggregateOperator.find(over.getAggOperator()) == null) {
                    OverCollecting.rows(over).forEach(this::column);
                } else {
                    arguments(over);
                }
            }
        }
    }

    private PlanNode over(PlanNode input, Sharing sharing, List<RexOver> overs) {
        List<SortKey> order = sharing.order().stream().map(this::key).toList();
        OverCalls calls = new OverCalls(input.rowType(), this);
        List<OverCall> lowered = new ArrayList<>();
        List<Field> fields = new ArrayList<>(input.rowType().fields());
        for (RexOver over : overs) {
            OverCall call = calls.lower(over, frame(over, order, input.rowType()));
            places.put(over, fields.size());
            lowered.add(call);
            fields.add(new Field("$" + (fields.size() + 1), call.type(), call.nullable()));
        }
        return new Over(
                Nodes.NO_ID,
                input,
                new RowType(fields),
                sharing.partition().stream().map(this::column).toList(),
                order,
                lowered);
    }

    private SortKey key(RexFieldCollation key) {
        boolean descending = key.getDirection() == Direction.DESCENDING;
        boolean nullsFirst = switch (key.getNullDirection()) {
            case FIRST -> true;
            case LAST -> false;
            case UNSPECIFIED -> descending;
        };
        return new SortKey(column(key.left), descending, nullsFirst);
    }

    private static Frame frame(RexOver over, List<SortKey> order, RowType input) {
        RexWindow window = over.getWindow();
        Unit unit = unit(window);
        if (unit == Unit.GROUPS && order.isEmpty()) {
            throw SqlErrors.invalid(
                    "GROUPS needs an ORDER BY: it counts the different keys",
                    "order by something, or use ROWS",
                    over.getParserPosition());
        }
        long start = edge(window.getLowerBound(), unit, over, order, input);
        boolean endsWithRow = is(OverFunctions.WITH_ROW, window.getUpperBound().getOffset());
        long end = endsWithRow ? 0 : edge(window.getUpperBound(), unit, over, order, input);
        if (endsWithRow && window.getExclude() == RexWindowExclusion.EXCLUDE_NO_OTHER) {
            return new Frame(unit, start, end, Exclusion.LATER);
        }
        Exclusion exclusion = switch (window.getExclude()) {
            case EXCLUDE_NO_OTHER -> Exclusion.NO_OTHERS;
            case EXCLUDE_CURRENT_ROW -> Exclusion.CURRENT_ROW;
            case EXCLUDE_GROUP -> Exclusion.GROUP;
            case EXCLUDE_TIES -> Exclusion.TIES;
        };
        boolean counts = counts(start) || counts(end);
        return new Frame(unit == Unit.GROUPS && !counts ? Unit.RANGE : unit, start, end, exclusion);
    }

    /** Returns whether an edge is some groups away; where none is, groups are the rows with the same keys. */
    private static boolean counts(long edge) {
        return edge != 0 && edge != Frame.FIRST && edge != Frame.LAST;
    }

    private static Unit unit(RexWindow window) {
        if (isOfGroups(window.getLowerBound().getOffset())
                || isOfGroups(window.getUpperBound().getOffset())) {
            return Unit.GROUPS;
        }
        return window.isRows() ? Unit.ROWS : Unit.RANGE;
    }

    private static boolean isOfGroups(@Nullable RexNode offset) {
        return is(OverFunctions.GROUPS, offset);
    }

    @SuppressWarnings("ReferenceEquality") // operators are constants
    private static boolean is(SqlOperator mark, @Nullable RexNode offset) {
        return offset instanceof RexCall call && call.getOperator() == mark;
    }

    private static long edge(RexWindowBound bound, Unit unit, RexOver over, List<SortKey> order, RowType input) {
        if (bound.isUnbounded()) {
            return bound.isPreceding() ? Frame.FIRST : Frame.LAST;
        }
        RexNode offset = bound.getOffset();
        if (offset == null) {
            return 0;
        }
        boolean byRange = unit == Unit.RANGE;
        if (byRange && order.size() != 1) {
            throw SqlErrors.invalid(
                    "RANGE with a distance needs exactly one ORDER BY key, and has " + order.size(),
                    "order by the one key that the distance is of, or use ROWS",
                    over.getParserPosition());
        }
        long distance = byRange
                ? OverConstants.distance(
                        offset, input.field(order.getFirst().column()).type(), over)
                : OverConstants.whole(
                        isOfGroups(offset) ? ((RexCall) offset).getOperands().getFirst() : offset, over);
        if (distance < 0) {
            throw SqlErrors.invalid(
                    "a frame cannot start or end a negative distance away",
                    "use PRECEDING and FOLLOWING for the two directions",
                    over.getParserPosition());
        }
        return bound.isPreceding() ? -distance : distance;
    }
}
