package io.millrace.sql.lower;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Aggregate;
import io.millrace.plan.PlanNode.Filter;
import io.millrace.plan.PlanNode.Scan;
import io.millrace.plan.PlanNode.Sort;
import io.millrace.plan.PlanNode.UnionAll;
import io.millrace.plan.PlanNode.Values;
import io.millrace.plan.SortKey;
import io.millrace.plan.expression.Expression;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.coercion.Coercion;
import io.millrace.sql.function.AggregateFunctions;
import io.millrace.sql.rewrite.Columns;
import io.millrace.sql.rewrite.Nodes;
import io.millrace.sql.type.Types;
import io.millrace.sql.validate.CatalogTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate.Group;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalTableFunctionScan;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Calcite's operators to ours, one by one. */
final class PlanLowering {

    PlanNode lower(RelNode rel) {
        return switch (rel) {
            case LogicalTableScan scan -> scan(scan);
            case LogicalFilter filter -> filter(filter);
            case LogicalProject project -> project(project);
            case LogicalAggregate aggregate -> aggregate(aggregate);
            case LogicalUnion union -> union(union);
            case LogicalSort sort -> sort(sort);
            case LogicalValues values -> values(values);
            case LogicalTableFunctionScan scan -> WindowCalls.lower(scan, lower(scan.getInput(0)));
            default -> throw unsupported(rel);
        };
    }

    private static MillraceException unsupported(RelNode rel) {
        return switch (rel.getRelTypeName()) {
            case "LogicalJoin", "LogicalCorrelate" ->
                new MillraceException(
                        ErrorCode.UNSUPPORTED,
                        "joins are not supported yet",
                        "read one stream at a time, or bring the streams together with UNION ALL");
            case "LogicalIntersect", "LogicalMinus" ->
                new MillraceException(
                        ErrorCode.UNSUPPORTED,
                        "INTERSECT and EXCEPT are not supported yet",
                        "use UNION ALL and GROUP BY");
            default ->
                new MillraceException(
                        ErrorCode.UNSUPPORTED,
                        rel.getRelTypeName().replace("Logical", "").toUpperCase(java.util.Locale.ROOT)
                                + " is not supported",
                        "write the query without it");
        };
    }

    private static PlanNode scan(LogicalTableScan scan) {
        CatalogTable table = scan.getTable().unwrapOrThrow(CatalogTable.class);
        return new Scan(Nodes.NO_ID, table.name(), table.columns(), -1, table.rowtime());
    }

    private PlanNode filter(LogicalFilter filter) {
        PlanNode input = lower(filter.getInput());
        return new Filter(Nodes.NO_ID, input, new ExpressionLowering(input.rowType()).lower(filter.getCondition()));
    }

    private PlanNode project(LogicalProject project) {
        PlanNode input = lower(project.getInput());
        if (OverLowering.contains(project.getProjects())) {
            return OverLowering.project(
                    input, project.getProjects(), project.getRowType().getFieldNames());
        }
        ExpressionLowering expressions = new ExpressionLowering(input.rowType());
        return Nodes.project(
                input,
                project.getProjects().stream().map(expressions::lower).toList(),
                project.getRowType().getFieldNames());
    }

    private PlanNode aggregate(LogicalAggregate aggregate) {
        if (aggregate.getGroupType() != Group.SIMPLE) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "GROUPING SETS, ROLLUP and CUBE are not supported yet",
                    "write one query for each grouping and bring them together with UNION ALL");
        }
        PlanNode input = lower(aggregate.getInput());
        List<Integer> keys = aggregate.getGroupSet().asList();
        List<AggregateCall> calls = aggregate.getAggCallList().stream()
                .map(call -> call(call, input.rowType()))
                .toList();
        List<String> names = aggregate.getRowType().getFieldNames();
        List<Field> fields = new ArrayList<>();
        for (int key : keys) {
            Field field = input.rowType().field(key);
            fields.add(new Field(names.get(fields.size()), field.type(), field.nullable()));
        }
        for (AggregateCall call : calls) {
            fields.add(new Field(names.get(fields.size()), call.type(), call.nullable()));
        }
        return new Aggregate(Nodes.NO_ID, input, new RowType(fields), keys, calls, null);
    }

    private static AggregateCall call(org.apache.calcite.rel.core.AggregateCall call, RowType input) {
        AggregateFunction function = AggregateFunctions.find(call.getAggregation());
        if (function == null || !call.getCollation().getFieldCollations().isEmpty()) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "aggregate function " + call.getAggregation().getName() + (function == null ? "" : " with ORDER BY")
                            + " is not supported",
                    "see SHOW FUNCTIONS for what there is");
        }
        DataType type = switch (function) {
            case MIN, MAX, FIRST_VALUE, LAST_VALUE, ANY_VALUE ->
                input.field(call.getArgList().getFirst()).type();
            default -> Types.fromCalcite(call.getType());
        };
        boolean never = function == AggregateFunction.COUNT || function == AggregateFunction.SUM0;
        return new AggregateCall(
                function,
                call.getArgList(),
                call.isDistinct(),
                call.filterArg,
                type,
                !never && (call.getType().isNullable() || call.filterArg >= 0));
    }

    private PlanNode union(LogicalUnion union) {
        RowType type = Types.row(union.getRowType());
        List<PlanNode> inputs = union.getInputs().stream()
                .map(input -> aligned(lower(input), type))
                .toList();
        PlanNode all = new UnionAll(Nodes.NO_ID, inputs);
        return union.all
                ? all
                : new Aggregate(
                        Nodes.NO_ID,
                        all,
                        all.rowType(),
                        IntStream.range(0, type.size()).boxed().toList(),
                        List.of(),
                        null);
    }

    /** Returns a node whose columns have a union's types and names. */
    private static PlanNode aligned(PlanNode input, RowType type) {
        List<Expression> expressions = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < type.size(); i++) {
            Field wanted = type.field(i);
            Expression column = Coercion.to(wanted.type(), Columns.at(i, input.rowType()));
            expressions.add(column);
            fields.add(new Field(wanted.name(), column.type(), wanted.nullable()));
        }
        RowType aligned = new RowType(fields);
        return aligned.equals(input.rowType()) ? input : new PlanNode.Project(Nodes.NO_ID, input, aligned, expressions);
    }

    private PlanNode sort(LogicalSort sort) {
        PlanNode input = lower(sort.getInput());
        List<SortKey> keys = sort.getCollation().getFieldCollations().stream()
                .map(PlanLowering::key)
                .toList();
        return new Sort(Nodes.NO_ID, input, keys, rows(sort.offset, 0), rows(sort.fetch, -1));
    }

    private static SortKey key(RelFieldCollation collation) {
        return new SortKey(
                collation.getFieldIndex(),
                collation.getDirection().isDescending(),
                collation.nullDirection == RelFieldCollation.NullDirection.FIRST
                        || (collation.nullDirection == RelFieldCollation.NullDirection.UNSPECIFIED
                                && collation.getDirection().isDescending()));
    }

    private static long rows(@Nullable RexNode count, long otherwise) {
        if (count == null) {
            return otherwise;
        }
        if (count instanceof RexLiteral literal) {
            Long value = literal.getValueAs(Long.class);
            if (value != null) {
                return value;
            }
        }
        throw new MillraceException(
                ErrorCode.UNSUPPORTED, "LIMIT and OFFSET take constants only", "write the number into the statement");
    }

    private static PlanNode values(LogicalValues values) {
        List<List<Expression>> rows = new ArrayList<>();
        RowType type = Types.row(values.getRowType());
        for (List<RexLiteral> tuple : values.getTuples()) {
            List<Expression> row = new ArrayList<>();
            for (RexLiteral literal : tuple) {
                row.add(Coercion.to(type.field(row.size()).type(), Literals.lower(literal)));
            }
            rows.add(row);
        }
        return new Values(Nodes.NO_ID, type, rows);
    }
}
