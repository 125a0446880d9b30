package io.millrace.runtime.operator;

import io.millrace.plan.AskedRows;
import io.millrace.plan.JoinKey;
import io.millrace.plan.PlanNode;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.runtime.Environment;
import io.millrace.spi.connector.RowLookup;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes joins of which one side is asked for. */
final class AskedJoins {

    private AskedJoins() {}

    static Operator join(
            PlanNode.Join node,
            AskedRows asked,
            Operator left,
            Operator right,
            Environment environment,
            String origin) {
        if (asked.keys().isEmpty()) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "'" + asked.scan().stream() + "' is joined without a column that it can be asked by",
                    "say that one of its columns equals something: ON s.k = t.k");
        }
        RowLookup lookup = environment.sources().lookup(asked.scan(), asked.columns());
        try {
            return new AskedJoinOperator(
                    byAskedKeys(node, asked),
                    asked,
                    left,
                    right,
                    leaf(right),
                    lookup,
                    environment.expressions(),
                    origin);
        } catch (RuntimeException e) {
            lookup.close();
            throw e;
        }
    }

    private static AskedRowsOperator leaf(Operator operator) {
        return operator instanceof AskedRowsOperator leaf ? leaf : leaf(operator.input());
    }

    /** Returns the join with the keys that are asked by, and the others as a part of its condition. */
    private static PlanNode.Join byAskedKeys(PlanNode.Join node, AskedRows asked) {
        List<JoinKey> keys = new ArrayList<>();
        List<Expression> tests = new ArrayList<>();
        for (int i = 0; i < node.keys().size(); i++) {
            JoinKey key = node.keys().get(i);
            if (asked.keys().contains(i)) {
                keys.add(key);
            } else {
                tests.add(equality(node, key));
            }
        }
        if (node.condition() != null) {
            tests.add(node.condition());
        }
        return new PlanNode.Join(
                node.id(),
                node.left(),
                node.right(),
                node.rowType(),
                node.type(),
                keys,
                all(tests),
                node.times(),
                node.asOf());
    }

    private static Expression equality(PlanNode.Join node, JoinKey key) {
        int own = node.left().rowType().size();
        Column left = column(node.left().rowType(), key.left(), 0);
        Column right = column(node.right().rowType(), key.right(), own);
        return new Call(
                key.nullsMatch() ? ScalarFunction.IS_NOT_DISTINCT_FROM : ScalarFunction.EQUAL,
                List.of(left, right),
                DataType.BOOLEAN,
                !key.nullsMatch() && (left.nullable() || right.nullable()));
    }

    private static Column column(RowType type, int index, int offset) {
        return new Column(
                offset + index, type.field(index).type(), type.field(index).nullable());
    }

    private static @Nullable Expression all(List<Expression> tests) {
        if (tests.size() < 2) {
            return tests.isEmpty() ? null : tests.getFirst();
        }
        boolean nullable = tests.stream().anyMatch(Expression::nullable);
        return new Call(ScalarFunction.AND, tests, DataType.BOOLEAN, nullable);
    }
}
