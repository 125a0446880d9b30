package io.millrace.sql.lower;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.JoinType;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Filter;
import io.millrace.plan.PlanNode.Scan;
import io.millrace.plan.PlanNode.Sort;
import io.millrace.plan.PlanNode.Values;
import io.millrace.plan.RowCount;
import io.millrace.plan.SortKey;
import io.millrace.plan.expression.Expression;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.coercion.Coercion;
import io.millrace.sql.rewrite.Columns;
import io.millrace.sql.rewrite.Nodes;
import io.millrace.sql.type.Types;
import io.millrace.sql.validate.CatalogTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalAsofJoin;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSnapshot;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalTableFunctionScan;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Calcite's operators to ours, one by one. */
final class PlanLowering {

    private final boolean endless;

    /** Creates the translation of one query. */
    PlanLowering(boolean endless) {
        this.endless = endless;
    }

    PlanNode lower(RelNode rel) {
        return lower(rel, Scope.NONE).node();
    }

    /**
     * Translates a query that may refer to queries around it.
     *
     * @param scope what it may refer to
     */
    Lowered lower(RelNode rel, Scope scope) {
        return switch (rel) {
            case LogicalTableScan scan -> Lowered.free(scan(scan));
            case LogicalValues values -> Lowered.free(values(values));
            case LogicalFilter filter -> filter(filter, scope);
            case LogicalProject project -> project(project, scope);
            case LogicalAggregate aggregate ->
                new GroupLowering().lower(aggregate, lower(aggregate.getInput(), scope), scope);
            case SetOp operation -> new SetLowering(this).lower(operation, scope);
            case LogicalSort sort -> sort(sort, scope);
            case LogicalTableFunctionScan scan -> window(scan, scope);
            case LogicalAsofJoin join -> new AsOfLowering(this, endless).lower(join, scope);
            case Join join when AsOfLowering.isOfNow(join) -> new AsOfLowering(this, endless).lower(join, scope);
            case Correlate correlate
            when AsOfLowering.isSnapshot(correlate) -> new AsOfLowering(this, endless).lower(correlate, scope);
            case LogicalSnapshot snapshot -> throw AsOfLowering.outsideOfJoin();
            case LogicalJoin join -> new JoinLowering(this).lower(join, scope);
            case LogicalCorrelate correlate -> new JoinLowering(this).lower(correlate, scope);
            case UnpivotRel unpivot -> UnpivotLowering.lower(unpivot, lower(unpivot.getInput(), scope));
            case MatchRel match -> new MatchLowering(this).lower(match, scope);
            case Uncollect uncollect -> new Unnesting(this).lower(uncollect, scope);
            default -> throw unsupported(rel);
        };
    }

    private static MillraceException unsupported(RelNode rel) {
        if (rel instanceof RepeatUnion) {
            return new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "WITH RECURSIVE over streams, views and tables is not supported",
                    "join as often as there are levels, or look for row patterns with MATCH_RECOGNIZE");
        }
        return new MillraceException(
                ErrorCode.UNSUPPORTED,
                rel.getRelTypeName().replace("Logical", "").toUpperCase(java.util.Locale.ROOT) + " is not supported",
                "write the query without it");
    }

    /** Returns rows of which only whether they are there matters: once each, where they are kept for ever. */
    PlanNode once(PlanNode node) {
        return endless ? Queries.distinct(node) : node;
    }

    /** Puts each value that the scope may have beside each row of a query that does not refer to it. */
    Lowered crossed(Lowered rows, Scope scope) {
        if (rows.correlated() || scope.isEmpty()) {
            return rows;
        }
        PlanNode values = scope.rows().get();
        int first = rows.node().rowType().size();
        List<Integer> places =
                IntStream.range(first, first + scope.size()).boxed().toList();
        return new Lowered(Nodes.join(rows.node(), values, JoinType.INNER, null), rows.width(), places);
    }

    private static boolean refers(RexNode expression, Scope scope) {
        return OuterReferences.of(expression).stream().anyMatch(scope.references()::contains);
    }

    private static PlanNode scan(LogicalTableScan scan) {
        CatalogTable table = scan.getTable().unwrapOrThrow(CatalogTable.class);
        return new Scan(Nodes.NO_ID, table.name(), table.columns(), -1, table.rowtime());
    }

    private Lowered filter(LogicalFilter filter, Scope scope) {
        Lowered input = lower(filter.getInput(), scope);
        List<RexNode> parts = RelOptUtil.conjunctions(filter.getCondition());
        boolean crosses = !input.correlated() && parts.stream().anyMatch(part -> refers(part, scope));
        ScopeKeys keys = crosses ? ScopeKeys.find(parts, scope, input, this) : null;
        if (crosses) {
            input = keys == null ? crossed(input, scope) : keys.rows();
        }
        RowScope rows = new RowScope(this, input, scope);
        List<RexNode> later = new ArrayList<>();
        for (RexNode part : keys == null ? parts : keys.rest()) {
            if (OuterReferences.subqueries(part).isEmpty()) {
                test(rows, part);
            } else {
                later.add(part);
            }
        }
        for (RexNode part : later) {
            if (!new Subqueries(rows).filter(part)) {
                test(rows, part);
            }
        }
        return rows.lowered().narrowed();
    }

    private static void test(RowScope rows, RexNode part) {
        Expression condition = rows.lower(part);
        rows.node(new Filter(Nodes.NO_ID, rows.node(), condition));
    }

    private Lowered project(LogicalProject project, Scope scope) {
        Lowered input = lower(project.getInput(), scope);
        if (!input.correlated() && OverLowering.contains(project.getProjects())) {
            return Lowered.free(OverLowering.project(
                    input.node(), project.getProjects(), project.getRowType().getFieldNames()));
        }
        if (project.getProjects().stream().anyMatch(e -> refers(e, scope))) {
            input = crossed(input, scope);
        }
        RowScope rows = new RowScope(this, input, scope);
        List<Expression> expressions = new ArrayList<>();
        project.getProjects().forEach(e -> expressions.add(rows.lower(e)));
        List<String> names = new ArrayList<>(project.getRowType().getFieldNames());
        int width = expressions.size();
        for (int place : input.scope()) {
            expressions.add(Columns.at(place, rows.node().rowType()));
            names.add("$outer" + names.size());
        }
        return new Lowered(
                Nodes.project(rows.node(), expressions, names),
                width,
                IntStream.range(width, expressions.size()).boxed().toList());
    }

    private Lowered window(LogicalTableFunctionScan scan, Scope scope) {
        if (scan.getInputs().size() != 1) {
            throw new IllegalStateException("windows of " + scan.getInputs().size() + " inputs");
        }
        Lowered input = lower(scan.getInput(0), scope);
        if (input.correlated()) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "windows over rows that hang on the query around a subquery are not supported",
                    "join the windows in FROM");
        }
        return Lowered.free(WindowCalls.lower(scan, input.node()));
    }

    private Lowered sort(LogicalSort sort, Scope scope) {
        Lowered input = lower(sort.getInput(), scope);
        List<SortKey> keys = sort.getCollation().getFieldCollations().stream()
                .map(PlanLowering::key)
                .toList();
        RowCount offset = rows(sort.offset, 0);
        RowCount limit = rows(sort.fetch, -1);
        return input.correlated()
                ? LimitPerRow.lower(input, keys, offset, limit, endless)
                : Lowered.free(new Sort(Nodes.NO_ID, input.node(), keys, offset, limit));
    }

    /** Returns an aggregate's calls over an input of this type. */
    List<AggregateCall> calls(LogicalAggregate aggregate, AggregateInput input) {
        return aggregate.getAggCallList().stream()
                .map(call -> AggregateCalls.lower(call, input))
                .toList();
    }

    /** Returns a node whose columns have a union's types and names. */
    static PlanNode aligned(PlanNode input, RowType type) {
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

    static SortKey key(RelFieldCollation collation) {
        return new SortKey(
                collation.getFieldIndex(),
                collation.getDirection().isDescending(),
                collation.nullDirection == RelFieldCollation.NullDirection.FIRST
                        || (collation.nullDirection == RelFieldCollation.NullDirection.UNSPECIFIED
                                && collation.getDirection().isDescending()));
    }

    private static RowCount rows(@Nullable RexNode count, long otherwise) {
        return switch (count) {
            case null -> new RowCount.Constant(otherwise);
            case RexLiteral literal ->
                new RowCount.Constant(Objects.requireNonNullElse(literal.getValueAs(Long.class), otherwise));
            case RexDynamicParam parameter -> new RowCount.Parameter(parameter.getIndex());
            default ->
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED,
                        "LIMIT and OFFSET take a number or a parameter",
                        "compute the number before, and give it as a parameter");
        };
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
