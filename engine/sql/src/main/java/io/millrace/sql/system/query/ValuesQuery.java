package io.millrace.sql.system.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a VALUES. */
record ValuesQuery(List<Column> columns, List<List<Expression>> expressions) implements Query {

    static ValuesQuery of(List<List<Expression>> rows) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < rows.getFirst().size(); i++) {
            int place = i;
            List<Expression> column = rows.stream().map(row -> row.get(place)).toList();
            columns.add(new Column(
                    "column" + (i + 1), Types.common(column), column.stream().allMatch(Expression::untyped)));
        }
        return new ValuesQuery(columns, rows);
    }

    @Override
    public List<@Nullable Object[]> rows(Context context, @Nullable Frame outer) {
        Frame frame = new Frame(context, new @Nullable Object[0], outer);
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (List<Expression> row : expressions) {
            rows.add(FromCompiler.evaluate(row, frame));
        }
        return rows;
    }
}
