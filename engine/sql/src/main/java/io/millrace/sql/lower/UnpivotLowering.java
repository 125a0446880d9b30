package io.millrace.sql.lower;

import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Filter;
import io.millrace.plan.PlanNode.Unnest;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.coercion.Coercion;
import io.millrace.sql.rewrite.Columns;
import io.millrace.sql.rewrite.Nodes;
import io.millrace.sql.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rex.RexNode;

/**
 * UNPIVOT: each row gets an array of rows, and becomes a row for each of those.
 *
 * <pre>
 *   UNPIVOT (v FOR n IN (a, b))    Filter v IS NOT NULL
 *                                    Unnest $parts
 *                                      Project …, $parts = ARRAY[ROW('a', a), ROW('b', b)]
 * </pre>
 */
final class UnpivotLowering {

    private UnpivotLowering() {}

    static Lowered lower(UnpivotRel rel, Lowered input) {
        if (input.correlated()) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "UNPIVOT of rows that hang on the query around a subquery is not supported",
                    "unpivot the rows in FROM");
        }
        return Lowered.free(lower(rel, input.node()));
    }

    private static PlanNode lower(UnpivotRel rel, PlanNode input) {
        RowType wanted = Types.row(rel.getRowType());
        int kept = wanted.size() - rel.parts().getFirst().size();
        List<Field> part = new ArrayList<>();
        for (Field field : wanted.fields().subList(kept, wanted.size())) {
            part.add(new Field(field.name(), field.type(), true));
        }
        List<Expression> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Field field : wanted.fields().subList(0, kept)) {
            columns.add(Columns.at(input.rowType().indexOf(field.name()), input.rowType()));
            names.add(field.name());
        }
        columns.add(array(rel.parts(), new RowType(part), input.rowType()));
        names.add("$parts");
        PlanNode below = Nodes.project(input, columns, names);
        List<Field> fields = new ArrayList<>(below.rowType().fields());
        fields.addAll(part);
        PlanNode node = new Unnest(Nodes.NO_ID, below, new RowType(fields), kept, false, false);
        if (!rel.nulls()) {
            node = new Filter(Nodes.NO_ID, node, anyValue(node.rowType(), kept + 1 + rel.axes()));
        }
        List<Integer> places =
                IntStream.range(0, fields.size()).filter(i -> i != kept).boxed().toList();
        return Nodes.project(node, Columns.at(places, node.rowType()), Nodes.names(wanted));
    }

    private static Expression array(List<List<RexNode>> parts, RowType part, RowType input) {
        ExpressionLowering expressions = new ExpressionLowering(input);
        List<Expression> rows = new ArrayList<>();
        for (List<RexNode> values : parts) {
            List<Expression> coerced = new ArrayList<>();
            for (RexNode value : values) {
                coerced.add(Coercion.to(part.field(coerced.size()).type(), expressions.lower(value)));
            }
            rows.add(new Call(ScalarFunction.ROW, coerced, part, false));
        }
        return new Call(ScalarFunction.ARRAY, rows, new ArrayType(part, false), false);
    }

    private static Expression anyValue(RowType type, int first) {
        List<Expression> tests = new ArrayList<>();
        for (int i = first; i < type.size(); i++) {
            tests.add(new Call(ScalarFunction.IS_NOT_NULL, List.of(Columns.at(i, type)), DataType.BOOLEAN, false));
        }
        return tests.size() == 1 ? tests.getFirst() : new Call(ScalarFunction.OR, tests, DataType.BOOLEAN, false);
    }
}
