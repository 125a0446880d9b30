package io.millrace.runtime.expression;

import io.millrace.spi.function.JavaType;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls the function's methods by reflection: what the generated loop is held against. */
final class InterpretedAggregation extends UserAggregation {

    private final List<Integer> columns;

    InterpretedAggregation(BoundAggregate function, List<Integer> columns) {
        super(function);
        this.columns = columns;
    }

    @Override
    public void add(RowBatch batch, int[] rows, int[] groups, int count, @Nullable Object[] accumulators) {
        @Nullable Object[] arguments = new Object[columns.size() + 1];
        for (int i = 0; i < count; i++) {
            if (read(batch, rows[i], arguments)) {
                arguments[0] = function().started(accumulators, groups[i]);
                if (arguments[0] != null) {
                    add(batch.weight(rows[i]), arguments, accumulators, groups[i]);
                }
            }
        }
    }

    /** Reads a row's arguments in the form of JavaValues, and tells whether the row counts. */
    private boolean read(RowBatch batch, int row, @Nullable Object[] arguments) {
        for (int i = 0; i < columns.size(); i++) {
            JavaType type = function().methods().parameters().get(i);
            Object value = JavaValues.get(type.type(), batch.column(columns.get(i)), row);
            if (value == null && !function().methods().nullable().get(i)) {
                return false;
            }
            arguments[i + 1] = value;
        }
        return true;
    }

    private void add(int weight, @Nullable Object[] arguments, @Nullable Object[] accumulators, int group) {
        try {
            for (int i = 0; i < columns.size(); i++) {
                arguments[i + 1] = function().methods().parameters().get(i).toJava(arguments[i + 1]);
            }
            Method method = weight > 0
                    ? function().methods().add()
                    : BoundAggregate.required(function().methods().retract());
            for (int i = Math.abs(weight); i > 0; i--) {
                method.invoke(function().instance(), arguments);
            }
        } catch (InvocationTargetException e) {
            accumulators[group] = function().failed(e.getTargetException());
        } catch (IllegalAccessException | RuntimeException e) {
            accumulators[group] = function().failed(e);
        }
    }
}
