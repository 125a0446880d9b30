package io.millrace.connector.jdbc;

import io.millrace.spi.Options;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of which one column says whether they came or went, as a view's changes do.
 *
 * @param op place of that column
 * @param columns the others, which the table has
 * @param key places in the latter of the columns that tell rows apart
 */
record RowChanges(int op, RowType columns, List<Integer> key) {

    static final String INSERT = "insert";
    static final String DELETE = "delete";

    /** What a view's changes call their column. */
    private static final String OP = "op";

    private static final String NONE = "none";

    /** Reads the option {@code op}, or returns null where all rows came. */
    static @Nullable RowChanges from(Options options, RowType given, List<String> key) {
        String name = options.get("op", OP);
        int place = name.equals(NONE) ? -1 : given.indexOf(name);
        if (place < 0 || !(given.field(place).type() instanceof CharacterType)) {
            if (options.has("op") && !name.equals(NONE)) {
                throw Options.invalid("op", name, "a VARCHAR column that is delivered, or none");
            }
            return null;
        }
        List<Field> fields = new ArrayList<>(given.fields());
        fields.remove(place);
        RowType columns = new RowType(fields);
        if (key.contains(name)) {
            throw Options.invalid("op", name, "a column that is not of the key, or none");
        }
        return new RowChanges(place, columns, key.stream().map(columns::indexOf).toList());
    }

    /** Returns what is delivered as rows of the table, over the same arrays. */
    RowBatch rows(RowBatch delivered) {
        Column[] some = new Column[columns.size()];
        for (int i = 0; i < some.length; i++) {
            some[i] = delivered.column(i < op ? i : i + 1);
        }
        RowBatch rows = new RowBatch(columns, some);
        rows.size(delivered.size());
        return rows;
    }
}
