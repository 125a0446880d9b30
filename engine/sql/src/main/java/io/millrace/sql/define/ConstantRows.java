package io.millrace.sql.define;

import io.millrace.plan.PlanNode.Values;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Parameter;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.lower.SqlConstants;
import io.millrace.sql.rewrite.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * {@code VALUES} of nothing but constants and parameters, for a stream: each cell is put into its column's type by
 * itself. The way through the validator takes a hundred times as long, which many rows in a statement, and many
 * statements with a row each, would feel.
 */
final class ConstantRows {

    private final RowType target;
    private final List<Integer> columns;
    private final List<? extends @Nullable DataType> parameterTypes;

    private ConstantRows(RowType target, List<Integer> columns, List<? extends @Nullable DataType> parameterTypes) {
        this.target = target;
        this.columns = columns;
        this.parameterTypes = parameterTypes;
    }

    /**
     * Returns the rows, or null for a query that is something else, or wrong, so that whoever knows all of SQL says what.
     *
     * @param columns places in the target of the cells
     * @param parameterTypes types of all parameters
     */
    static @Nullable Values find(
            SqlNode source, RowType target, List<Integer> columns, List<? extends @Nullable DataType> parameterTypes) {
        if (source.getKind() != SqlKind.VALUES) {
            return null;
        }
        ConstantRows found = new ConstantRows(target, columns, parameterTypes);
        List<List<Expression>> rows = new ArrayList<>();
        for (SqlNode row : ((SqlCall) source).getOperandList()) {
            List<Expression> cells = row.getKind() == SqlKind.ROW ? found.row((SqlCall) row) : null;
            if (cells == null) {
                return null;
            }
            rows.add(cells);
        }
        return new Values(Nodes.NO_ID, found.rowType(rows), rows);
    }

    private @Nullable List<Expression> row(SqlCall row) {
        List<SqlNode> nodes = row.getOperandList();
        if (nodes.size() != columns.size()) {
            return null;
        }
        List<Expression> cells = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            Field column = target.field(columns.get(i));
            DataType type = column.type();
            Expression cell = cell(nodes.get(i), type);
            if (cell == null || !Assignment.allowed(cell, type)) {
                return null;
            }
            cells.add(Assignment.put(cell, column));
        }
        return cells;
    }

    private @Nullable Expression cell(SqlNode node, DataType type) {
        if (node instanceof SqlDynamicParam parameter) {
            DataType given =
                    parameter.getIndex() < parameterTypes.size() ? parameterTypes.get(parameter.getIndex()) : null;
            return given == null ? null : new Parameter(parameter.getIndex(), given, true);
        }
        // What an empty array is one of, only its column says.
        boolean empty = node.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR
                && ((SqlCall) node).operandCount() == 0
                && type instanceof ArrayType;
        return empty ? new Call(ScalarFunction.ARRAY, List.of(), type, false) : SqlConstants.find(node, type);
    }

    private RowType rowType(List<List<Expression>> rows) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int place = i;
            Field field = target.field(columns.get(i));
            boolean nullable = rows.stream().anyMatch(row -> row.get(place).nullable());
            fields.add(new Field(field.name(), field.type(), nullable));
        }
        return new RowType(fields);
    }

    /** Returns the types of all parameters of a statement whose rows were found. */
    static List<DataType> types(List<? extends @Nullable DataType> parameterTypes) {
        return IntStream.range(0, parameterTypes.size())
                .<DataType>mapToObj(i -> java.util.Objects.requireNonNullElse(parameterTypes.get(i), DataType.VARCHAR))
                .toList();
    }
}
