package io.millrace.sql.lower;

import io.millrace.plan.AfterMatch;
import io.millrace.plan.RowPattern;
import io.millrace.plan.RowsPerMatch;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.parser.tree.AllRowsPerMatch;
import io.millrace.sql.parser.tree.SqlAllRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelFieldCollation.Direction;
import org.apache.calcite.rel.RelFieldCollation.NullDirection;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.jspecify.annotations.Nullable;

/** Makes the operator of a valid MATCH_RECOGNIZE. */
final class MatchRelBuilder {

    private final SqlMatchRecognize match;
    private final RelNode input;
    private final SqlRexContext context;
    private final Converter converter;
    private final MatchVariables variables;

    /** Converts an expression, what it takes from the match being given. */
    @FunctionalInterface
    interface Converter {
        RexNode convert(SqlNode expression, MatchExpressions taken);
    }

    MatchRelBuilder(SqlMatchRecognize match, RelNode input, SqlRexContext context, Converter converter) {
        this.match = match;
        this.input = input;
        this.context = context;
        this.converter = converter;
        this.variables = new MatchVariables(match);
    }

    MatchRel build(RelDataType rowType) {
        List<MatchRel.PartitionKey> partition =
                match.getPartitionList().stream().map(this::partitionKey).toList();
        List<RelFieldCollation> order =
                match.getOrderList().stream().map(this::key).toList();
        int first = order.isEmpty() ? -1 : order.getFirst().getFieldIndex();
        List<String> names = new ArrayList<>();
        List<RexNode> measures = new ArrayList<>();
        MatchExpressions taken = MatchExpressions.ofMeasures(variables, input.getRowType(), first);
        for (SqlNode measure : match.getMeasureList()) {
            names.add(((SqlIdentifier) ((SqlCall) measure).operand(1)).getSimple());
            measures.add(converter.convert(((SqlCall) measure).operand(0), taken));
        }
        MatchRel.Content content = new MatchRel.Content(
                partition,
                RelCollations.of(order),
                pattern(match.getPattern()),
                match.getStrictStart().booleanValue(),
                match.getStrictEnd().booleanValue(),
                match.getInterval() == null ? null : context.convertLiteral(match.getInterval()),
                conditions(first),
                after(match.getAfter()),
                perMatch(),
                names,
                measures,
                taken.taken());
        return new MatchRel(input.getCluster(), input.getTraitSet(), input, rowType, content);
    }

    private List<MatchRel.Variable> conditions(int orderColumn) {
        Map<String, MatchRel.Variable> defined = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (SqlNode definition : match.getPatternDefList()) {
            String name = ((SqlIdentifier) ((SqlCall) definition).operand(1)).getSimple();
            MatchExpressions taken = MatchExpressions.ofCondition(variables, input.getRowType(), orderColumn);
            RexNode condition = converter.convert(((SqlCall) definition).operand(0), taken);
            defined.put(name, new MatchRel.Variable(name, condition, taken.taken()));
        }
        List<MatchRel.Variable> all = new ArrayList<>();
        for (String name : variables.names()) {
            MatchRel.Variable variable = defined.get(name);
            all.add(new MatchRel.Variable(
                    name,
                    variable == null ? null : variable.condition(),
                    variable == null ? List.of() : variable.values()));
        }
        return all;
    }

    private RowsPerMatch perMatch() {
        AllRowsPerMatch all = SqlAllRows.of(match);
        if (all != null) {
            return switch (all) {
                case OMIT_EMPTY_MATCHES -> RowsPerMatch.ALL_OMITTING_EMPTY;
                case WITH_UNMATCHED_ROWS -> RowsPerMatch.ALL_WITH_UNMATCHED;
            };
        }
        SqlLiteral rows = match.getRowsPerMatch();
        return rows != null && rows.getValue() == SqlMatchRecognize.RowsPerMatchOption.ALL_ROWS
                ? RowsPerMatch.ALL
                : RowsPerMatch.ONE;
    }

    private MatchRel.PartitionKey partitionKey(SqlNode key) {
        if (key.getKind() == SqlKind.AS) {
            SqlCall named = (SqlCall) key;
            return new MatchRel.PartitionKey(
                    context.convertExpression(named.operand(0)), ((SqlIdentifier) named.operand(1)).getSimple());
        }
        return new MatchRel.PartitionKey(context.convertExpression(key), null);
    }

    private int column(SqlNode node) {
        return ((RexInputRef) context.convertExpression(node)).getIndex();
    }

    private RelFieldCollation key(SqlNode node) {
        return switch (node.getKind()) {
            case NULLS_FIRST -> nulls(((SqlCall) node).operand(0), NullDirection.FIRST);
            case NULLS_LAST -> nulls(((SqlCall) node).operand(0), NullDirection.LAST);
            default -> nulls(node, NullDirection.UNSPECIFIED);
        };
    }

    private RelFieldCollation nulls(SqlNode node, NullDirection nulls) {
        return switch (node.getKind()) {
            case DESCENDING -> new RelFieldCollation(column(((SqlCall) node).operand(0)), Direction.DESCENDING, nulls);
            default -> new RelFieldCollation(column(node), Direction.ASCENDING, nulls);
        };
    }

    private AfterMatch after(@Nullable SqlNode after) {
        if (after instanceof SqlCall skip) {
            AfterMatch.Target target = skip.getOperator().getName().equals(SqlMatchRecognize.SKIP_TO_FIRST.getName())
                    ? AfterMatch.Target.FIRST
                    : AfterMatch.Target.LAST;
            return new AfterMatch(target, variables.set(((SqlIdentifier) skip.operand(0)).getSimple()));
        }
        boolean next = after instanceof SqlLiteral literal
                && literal.getValue() == SqlMatchRecognize.AfterOption.SKIP_TO_NEXT_ROW;
        return new AfterMatch(next ? AfterMatch.Target.NEXT_ROW : AfterMatch.Target.PAST_LAST_ROW, List.of());
    }

    private RowPattern pattern(SqlNode node) {
        if (node instanceof SqlIdentifier variable) {
            return new RowPattern.Variable(variables.place(variable.getSimple()));
        }
        SqlCall call = (SqlCall) node;
        return switch (call.getKind()) {
            case PATTERN_CONCAT -> new RowPattern.Sequence(parts(call));
            case PATTERN_ALTER -> new RowPattern.Alternation(parts(call));
            case PATTERN_PERMUTE ->
                new RowPattern.Permutation(
                        call.getOperandList().stream().map(this::pattern).toList());
            case PATTERN_EXCLUDED -> new RowPattern.Excluded(pattern(call.operand(0)));
            case PATTERN_QUANTIFIER -> quantified(call);
            default -> throw new IllegalStateException("pattern " + node);
        };
    }

    /** Returns the parts of a chain of the same operator, which the parser nests to the left. */
    private List<RowPattern> parts(SqlCall call) {
        List<RowPattern> parts = new ArrayList<>();
        SqlNode left = call.operand(0);
        if (left instanceof SqlCall inner && inner.getKind() == call.getKind()) {
            parts.addAll(parts(inner));
        } else {
            parts.add(pattern(left));
        }
        parts.add(pattern(call.operand(1)));
        return parts;
    }

    private RowPattern quantified(SqlCall call) {
        int least = Math.max(0, ((SqlLiteral) call.operand(1)).intValue(true));
        int most = ((SqlLiteral) call.operand(2)).intValue(true);
        boolean reluctant = ((SqlLiteral) call.operand(3)).booleanValue();
        if (most != RowPattern.UNLIMITED && (most < least || most == 0)) {
            throw SqlErrors.invalid(
                    "a part of a pattern is to be repeated at least " + least + " and at most " + most + " times",
                    "the upper limit is above zero, and not below the lower one",
                    call.getParserPosition());
        }
        return new RowPattern.Quantified(pattern(call.operand(0)), least, most, reluctant);
    }
}
