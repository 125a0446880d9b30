package io.millrace.sql.system.query;

import io.millrace.spi.type.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWindow;
import org.jspecify.annotations.Nullable;

/** The window functions of one SELECT: row_number and rank. Their results get places in the rows. */
final class Windows {

    private final List<Window> windows = new ArrayList<>();

    private record Window(int place, boolean rank, List<Expression> partition, List<Ordering> order) {}

    Expression compile(SqlCall over, ExpressionCompiler expressions) {
        SqlCall function = over.operand(0);
        String name = ExpressionCompiler.functionName(function);
        if (!(name.equals("row_number") || name.equals("rank")) || !(over.operand(1) instanceof SqlWindow)) {
            throw Failures.unsupported(over, "window function " + name);
        }
        SqlWindow window = over.operand(1);
        List<Ordering> order = new ArrayList<>();
        for (SqlNode key : window.getOrderList()) {
            order.add(Orderings.of(key, expressions::compile));
        }
        int place = expressions.scope().addPlace();
        windows.add(new Window(place, name.equals("rank"), expressions.compileAll(window.getPartitionList()), order));
        return new Expression(DataType.BIGINT, frame -> frame.values()[place]);
    }

    /** Computes the functions for all rows of the query. */
    void compute(List<@Nullable Object[]> rows, Context context, @Nullable Frame outer) {
        for (Window window : windows) {
            compute(window, rows, context, outer);
        }
    }

    private static void compute(Window window, List<@Nullable Object[]> rows, Context context, @Nullable Frame outer) {
        Map<List<@Nullable Object>, List<@Nullable Object[]>> partitions = new HashMap<>();
        for (@Nullable Object[] row : rows) {
            Frame frame = new Frame(context, row, outer);
            List<@Nullable Object> key = new ArrayList<>();
            window.partition().forEach(e -> key.add(Values.key(e.value(frame))));
            partitions.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
        }
        for (List<@Nullable Object[]> partition : partitions.values()) {
            number(window, partition, context, outer);
        }
    }

    private static void number(Window window, List<@Nullable Object[]> rows, Context context, @Nullable Frame outer) {
        List<@Nullable Object[][]> keyed = new ArrayList<>();
        for (@Nullable Object[] row : rows) {
            keyed.add(new @Nullable Object[][] {row, Ordering.keys(window.order(), new Frame(context, row, outer))});
        }
        var order = Ordering.of(window.order());
        keyed.sort((a, b) -> order.compare(a[1], b[1]));
        long rank = 0;
        for (int i = 0; i < keyed.size(); i++) {
            boolean tied = window.rank() && i > 0 && order.compare(keyed.get(i - 1)[1], keyed.get(i)[1]) == 0;
            rank = tied ? rank : i + 1L;
            keyed.get(i)[0][window.place()] = rank;
        }
    }
}
