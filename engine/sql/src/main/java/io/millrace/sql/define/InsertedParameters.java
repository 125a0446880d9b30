package io.millrace.sql.define;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;

/** Gives a parameter that is put straight into a column the column's type. */
final class InsertedParameters {

    private InsertedParameters() {}

    static List<@Nullable DataType> types(
            SqlNode source, RowType target, List<Integer> columns, List<? extends @Nullable DataType> given) {
        List<@Nullable DataType> types = new ArrayList<>(given);
        for (List<SqlNode> row : rows(source)) {
            for (int i = 0; i < Math.min(row.size(), columns.size()); i++) {
                if (row.get(i) instanceof SqlDynamicParam parameter) {
                    infer(
                            types,
                            parameter.getIndex(),
                            target.field(columns.get(i)).type());
                }
            }
        }
        return types;
    }

    /** Returns the types where values are set into columns, one by one. */
    static List<@Nullable DataType> types(
            List<SqlNode> values, RowType target, List<Integer> columns, List<? extends @Nullable DataType> given) {
        List<@Nullable DataType> types = new ArrayList<>(given);
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) instanceof SqlDynamicParam parameter) {
                infer(types, parameter.getIndex(), target.field(columns.get(i)).type());
            }
        }
        return types;
    }

    private static List<List<SqlNode>> rows(SqlNode source) {
        if (source instanceof SqlSelect select) {
            return List.of(select.getSelectList());
        }
        if (source.getKind() == SqlKind.VALUES) {
            return ((SqlCall) source)
                    .getOperandList().stream()
                            .filter(SqlCall.class::isInstance)
                            .map(row -> ((SqlCall) row).getOperandList())
                            .toList();
        }
        return List.of();
    }

    private static void infer(List<@Nullable DataType> types, int index, DataType type) {
        while (types.size() <= index) {
            types.add(null);
        }
        if (types.get(index) == null) {
            types.set(index, type);
        }
    }
}
