package io.millrace.runtime;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.UserAggregate;
import io.millrace.plan.expression.UserFunction;
import io.millrace.spi.function.AggregateFunction;
import io.millrace.spi.function.FunctionClasses;
import io.millrace.spi.type.DataType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A function such as a user writes: what there is of each text, {@code a=5 b=7}; without a text 7 counts as text. */
public final class UserTotal implements AggregateFunction<TreeMap<String, Long>> {

    /** Functions of the tests are on the class path. */
    public static final FunctionClasses CLASSES = (jar, className) -> {
        try {
            return Class.forName(className);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    };

    /** Returns a call over a text and a number. */
    public static AggregateCall call(int text, int amount, boolean distinct, int filter) {
        UserFunction function = new UserFunction("total", UserTotal.class.getName(), "", true);
        return new AggregateCall(
                new UserAggregate(function, true), List.of(text, amount), distinct, filter, DataType.VARCHAR, true);
    }

    @Override
    public TreeMap<String, Long> create() {
        return new TreeMap<>();
    }

    public void add(TreeMap<String, Long> totals, @Nullable String text, long amount) {
        change(totals, text == null ? "7" : text, amount);
    }

    public void retract(TreeMap<String, Long> totals, @Nullable String text, long amount) {
        change(totals, text == null ? "7" : text, -amount);
    }

    private static void change(TreeMap<String, Long> totals, String text, long amount) {
        long now = totals.getOrDefault(text, 0L) + amount;
        if (now == 0) {
            totals.remove(text);
        } else {
            totals.put(text, now);
        }
    }

    public @Nullable String result(TreeMap<String, Long> totals) {
        return totals.isEmpty() ? null : totals.toString();
    }

    @Override
    public void merge(TreeMap<String, Long> totals, TreeMap<String, Long> other) {
        other.forEach((text, amount) -> change(totals, text, amount));
    }

    @Override
    public void save(TreeMap<String, Long> totals, DataOutput out) throws IOException {
        out.writeInt(totals.size());
        for (Map.Entry<String, Long> entry : totals.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeLong(entry.getValue());
        }
    }

    @Override
    public TreeMap<String, Long> load(DataInput in) throws IOException {
        TreeMap<String, Long> totals = new TreeMap<>();
        for (int count = in.readInt(); count > 0; count--) {
            totals.put(in.readUTF(), in.readLong());
        }
        return totals;
    }
}
