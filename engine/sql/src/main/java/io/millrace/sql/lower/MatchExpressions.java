package io.millrace.sql.lower;

import io.millrace.plan.MatchValue;
import io.millrace.plan.RowPlace;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.function.AggregateFunctions;
import io.millrace.sql.function.MatchFunctions;
import io.millrace.sql.type.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.jspecify.annotations.Nullable;

/**
 * Expressions of MATCH_RECOGNIZE: what they take from a match becomes columns of a row, and the rest an expression over that.
 *
 * <pre>
 *   A.price + PREV(B.price)   →   $0 + $1     $0 = price at the last row of A
 *                                             $1 = price at the row before the last row of B
 * </pre>
 */
@SuppressWarnings("ReferenceEquality") // operators are constants
final class MatchExpressions {

    private final MatchVariables variables;
    private final RelDataType input;
    private final int orderColumn;
    private final boolean measures;
    private final List<MatchTaken> taken = new ArrayList<>();
    private @Nullable RowPlace place;
    private @Nullable SqlCall aggregate;

    private MatchExpressions(MatchVariables variables, RelDataType input, int orderColumn, boolean measures) {
        this.variables = variables;
        this.input = input;
        this.orderColumn = orderColumn;
        this.measures = measures;
    }

    static MatchExpressions ofMeasures(MatchVariables variables, RelDataType input, int orderColumn) {
        return new MatchExpressions(variables, input, orderColumn, true);
    }

    static MatchExpressions ofCondition(MatchVariables variables, RelDataType input, int orderColumn) {
        return new MatchExpressions(variables, input, orderColumn, false);
    }

    /** Returns what has been taken so far. */
    List<MatchTaken> taken() {
        return List.copyOf(taken);
    }

    /** Returns what a part of an expression is that takes something from the match, or null for one that does not. */
    @Nullable
    RexNode convert(SqlNode node, SqlRexContext context) {
        return switch (node) {
            case SqlIdentifier column when column.names.size() > 1 -> column(column, context);
            case SqlCall call -> call(call, context);
            default -> null;
        };
    }

    private @Nullable RexNode call(SqlCall call, SqlRexContext context) {
        return switch (call.getKind()) {
            case RUNNING, FINAL -> modified(call, 0, context);
            case FIRST, LAST -> logical(call, 0, false, context);
            case PREV, NEXT -> physical(call, context);
            case CLASSIFIER -> classifier(call, variables.all(), context);
            case FILTER -> aggregate(call, false, context);
            case MATCH_NUMBER -> plain(new MatchValue.MatchNumber(), call, context);
            default -> {
                if (call.getOperator() == MatchFunctions.MATCH_ROWTIME) {
                    yield here(call, context);
                }
                if (call.getOperator() == MatchFunctions.CLASSIFIER_OF) {
                    yield classifier(call, named(call), context);
                }
                yield isAggregate(call) ? aggregate(call, false, context) : null;
            }
        };
    }

    private RexNode modified(SqlCall call, long offset, SqlRexContext context) {
        boolean whole = call.getKind() == SqlKind.FINAL;
        if (whole && !measures) {
            throw SqlErrors.invalid(
                    "FINAL in DEFINE: a condition sees the match up to its row alone",
                    "leave FINAL out",
                    call.getParserPosition());
        }
        if (call.operand(0) instanceof SqlCall inner) {
            if (inner.getKind() == SqlKind.FIRST || inner.getKind() == SqlKind.LAST) {
                return logical(inner, offset, whole, context);
            }
            if (offset == 0 && (inner.getKind() == SqlKind.FILTER || isAggregate(inner))) {
                return aggregate(inner, whole, context);
            }
        }
        throw SqlErrors.invalid(
                call.getKind() + " takes FIRST, LAST or an aggregate function",
                "write " + call.getKind() + " LAST(…)",
                call.getParserPosition());
    }

    private static boolean isAggregate(SqlCall call) {
        return AggregateFunctions.find(call.getOperator()) != null;
    }

    private RexNode physical(SqlCall call, SqlRexContext context) {
        refuseNested(call);
        long rows = rows(call);
        long offset = call.getKind() == SqlKind.PREV ? -rows : rows;
        SqlNode inner = call.operand(0);
        return switch (inner.getKind()) {
            case FIRST, LAST -> logical((SqlCall) inner, offset, false, context);
            case RUNNING, FINAL -> modified((SqlCall) inner, offset, context);
            default -> at(new RowPlace(variables(call), false, 0, offset, false), inner, context);
        };
    }

    private RexNode logical(SqlCall call, long offset, boolean whole, SqlRexContext context) {
        refuseNested(call);
        boolean first = call.getKind() == SqlKind.FIRST;
        return at(new RowPlace(variables(call), first, rows(call), offset, whole), call.operand(0), context);
    }

    /** Returns the value that an expression has at a row, NULL where there is no such row. */
    private RexNode at(RowPlace row, SqlNode expression, SqlRexContext context) {
        place = row;
        RexNode value;
        try {
            value = context.convertExpression(expression);
        } finally {
            place = null;
        }
        if (value instanceof RexInputRef) {
            return value;
        }
        RexBuilder rex = context.getRexBuilder();
        RexNode exists = plain(new MatchValue.Exists(row), expression, context);
        return rex.makeCall(SqlStdOperatorTable.CASE, exists, value, rex.makeNullLiteral(value.getType()));
    }

    private void refuseNested(SqlCall call) {
        if (place != null || aggregate != null) {
            throw SqlErrors.invalid(
                    call.getOperator().getName() + " inside of "
                            + (aggregate == null
                                    ? "PREV, NEXT, FIRST or LAST"
                                    : aggregate.getOperator().getName()),
                    "PREV and NEXT may be around FIRST and LAST, and nothing else one inside the other",
                    call.getParserPosition());
        }
    }

    private static long rows(SqlCall call) {
        SqlNode rows = call.operand(1);
        if (rows instanceof SqlNumericLiteral literal && literal.isInteger() && literal.longValue(true) >= 0) {
            return Math.min(literal.longValue(true), Integer.MAX_VALUE);
        }
        throw SqlErrors.invalid(
                call.getOperator().getName() + " takes a number of rows that is whole and not negative",
                "write 1 for the next one",
                rows.getParserPosition());
    }

    /** Returns the variables that an expression is of; all where it names none. */
    private List<Integer> variables(SqlCall call) {
        Set<List<Integer>> found = new HashSet<>();
        for (SqlNode operand : call.getOperandList()) {
            operand.accept(new SqlBasicVisitor<Void>() {
                @Override
                @SuppressWarnings("NullAway") // the visitor's answer is not used
                public Void visit(SqlIdentifier column) {
                    if (column.names.size() > 1) {
                        found.add(variables.set(column.names.getFirst()));
                    }
                    return null;
                }

                @Override
                @SuppressWarnings("NullAway") // the visitor's answer is not used
                public Void visit(SqlCall inner) {
                    if (inner.getOperator() == MatchFunctions.ROWS_OF
                            || inner.getOperator() == MatchFunctions.CLASSIFIER_OF) {
                        found.add(named(inner));
                        return null;
                    }
                    if (inner.getKind() == SqlKind.CLASSIFIER) {
                        found.add(variables.all());
                    }
                    return super.visit(inner);
                }
            });
        }
        if (found.size() > 1) {
            throw SqlErrors.invalid(
                    call.getOperator().getName() + " is of the rows of one variable, and this names columns of several",
                    "qualify all columns with the same variable, or call it once for each",
                    call.getParserPosition());
        }
        return found.isEmpty() ? variables.all() : found.iterator().next();
    }

    /** Returns the variables whose name a call has as text. */
    private List<Integer> named(SqlCall call) {
        return variables.set(((SqlLiteral) call.operand(0)).getValueAs(String.class));
    }

    private RexNode column(SqlIdentifier column, SqlRexContext context) {
        RelDataTypeField field = input.getField(column.names.get(1), true, false);
        if (field == null) {
            throw new IllegalStateException("no column " + column);
        }
        RexBuilder rex = context.getRexBuilder();
        RexNode value;
        if (aggregate != null) {
            value = new RexInputRef(field.getIndex(), field.getType());
        } else {
            RowPlace row =
                    place != null ? place : new RowPlace(variables.set(column.names.getFirst()), false, 0, 0, false);
            value = reference(
                    new MatchTaken.Plain(new MatchValue.At(row, field.getIndex(), Types.fromCalcite(field.getType()))),
                    field.getType(),
                    context);
        }
        for (String name : column.names.subList(2, column.names.size())) {
            value = rex.makeFieldAccess(value, name, false);
        }
        return value;
    }

    private RexNode classifier(SqlCall call, List<Integer> of, SqlRexContext context) {
        refuseInAggregate(call);
        RowPlace row = place != null ? place : new RowPlace(of, false, 0, 0, false);
        RelDataType type = type(call, context);
        return reference(new MatchTaken.Plain(new MatchValue.Classifier(row, Types.fromCalcite(type))), type, context);
    }

    private RexNode here(SqlCall call, SqlRexContext context) {
        refuseInAggregate(call);
        if (orderColumn < 0 || !measures) {
            throw SqlErrors.invalid(
                    "MATCH_ROWTIME() is the first ORDER BY key of the match's row, for measures",
                    "add ORDER BY; in DEFINE name the column",
                    call.getParserPosition());
        }
        RelDataType type = input.getFieldList().get(orderColumn).getType();
        return reference(
                new MatchTaken.Plain(new MatchValue.Here(orderColumn, Types.fromCalcite(type))), type, context);
    }

    private void refuseInAggregate(SqlCall call) {
        if (aggregate != null) {
            throw SqlErrors.unsupported(
                    call.getOperator().getName() + "() in an aggregate function is not supported",
                    "aggregate the rows of one variable: COUNT(A.*)",
                    call.getParserPosition());
        }
    }

    private RexNode plain(MatchValue value, SqlNode node, SqlRexContext context) {
        if (node instanceof SqlCall call && value instanceof MatchValue.MatchNumber) {
            refuseInAggregate(call);
        }
        SqlTypeName name = value instanceof MatchValue.MatchNumber ? SqlTypeName.BIGINT : SqlTypeName.BOOLEAN;
        RelDataType type = context.getTypeFactory().createSqlType(name);
        return reference(new MatchTaken.Plain(value), type, context);
    }

    /** @param written an aggregate function, or FILTER of one */
    private RexNode aggregate(SqlCall written, boolean whole, SqlRexContext context) {
        refuseNested(written);
        boolean filtered = written.getKind() == SqlKind.FILTER;
        SqlCall call = filtered ? written.operand(0) : written;
        if (!isAggregate(call)) {
            throw SqlErrors.unsupported(
                    call.getOperator().getName() + " with FILTER in MATCH_RECOGNIZE is not supported",
                    "FILTER stands behind an aggregate function: COUNT(A.*) FILTER (WHERE A.x > 0)",
                    written.getParserPosition());
        }
        List<RexNode> arguments = new ArrayList<>();
        List<Integer> of = variables(written);
        @Nullable RexNode filter;
        aggregate = call;
        try {
            filter = filtered ? context.convertExpression(written.operand(1)) : null;
            for (SqlNode operand : call.getOperandList()) {
                if (!isRows(operand)) {
                    arguments.add(context.convertExpression(operand));
                }
            }
        } finally {
            aggregate = null;
        }
        RelDataType type = type(call, context);
        return reference(new MatchTaken.Aggregate(call, arguments, filter, of, whole, type), type, context);
    }

    /** Returns whether it stands for whole rows: {@code *} or {@code A.*}. */
    private static boolean isRows(SqlNode operand) {
        return operand instanceof SqlIdentifier star
                ? star.isStar()
                : operand instanceof SqlCall call && call.getOperator() == MatchFunctions.ROWS_OF;
    }

    private static RelDataType type(SqlCall call, SqlRexContext context) {
        return context.getValidator().getValidatedNodeType(call);
    }

    private RexNode reference(MatchTaken value, RelDataType type, SqlRexContext context) {
        int known = taken.indexOf(value);
        if (known < 0) {
            known = taken.size();
            taken.add(value);
        }
        boolean never =
                value instanceof MatchTaken.Plain plain && !plain.value().nullable();
        return new RexInputRef(known, context.getTypeFactory().createTypeWithNullability(type, !never));
    }
}
