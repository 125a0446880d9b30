package io.millrace.sql.catalog;

import io.millrace.plan.expression.Expression;
import io.millrace.spi.type.DataType.RowType;
import java.util.List;
import java.util.Map;

/**
 * A table: rows that statements add, change and take out.
 *
 * @param name name, in the case it was created with; found whatever the case
 * @param columns declared columns
 * @param key places of the columns of its primary key, in its order; none where rows may repeat
 * @param defaults by place of a column, what a row has there for which a statement says nothing; NULL for others
 */
public record TableDefinition(String name, RowType columns, List<Integer> key, Map<Integer, DefaultValue> defaults) {

    public TableDefinition {
        key = List.copyOf(key);
        defaults = Map.copyOf(defaults);
    }

    /** Returns the names of the columns of its primary key, in its order. */
    public List<String> keyNames() {
        return key.stream().map(place -> columns.field(place).name()).toList();
    }

    /**
     * What {@code DEFAULT} says.
     *
     * @param sql the expression as it was written
     * @param value the expression, of the column's type; it refers to no column
     */
    public record DefaultValue(String sql, Expression value) {}
}
