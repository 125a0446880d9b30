package io.millrace.examples.function;

import io.millrace.spi.function.AggregateFunction;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The mean of values of which some count for more: {@code weighted_average(price, size)}. NULL where no weight is left.
 *
 * <pre>
 *   CREATE FUNCTION weighted_average AS 'io.millrace.examples.function.WeightedAverage' USING JAR 'functions.jar'
 * </pre>
 */
public final class WeightedAverage implements AggregateFunction<WeightedAverage.Sum> {

    /** What is known of a group. */
    public static final class Sum {
        private double total;
        private double weight;
    }

    @Override
    public Sum create() {
        return new Sum();
    }

    /** Takes a row in. */
    public void add(Sum sum, double value, double weight) {
        sum.total += value * weight;
        sum.weight += weight;
    }

    /** Takes a row out again, so that the function is of use over rows that change. */
    public void retract(Sum sum, double value, double weight) {
        add(sum, value, -weight);
    }

    /** Returns the mean. */
    public @Nullable Double result(Sum sum) {
        return sum.weight == 0 ? null : sum.total / sum.weight;
    }

    @Override
    public void merge(Sum sum, Sum other) {
        sum.total += other.total;
        sum.weight += other.weight;
    }

    @Override
    public void save(Sum sum, DataOutput out) throws IOException {
        out.writeDouble(sum.total);
        out.writeDouble(sum.weight);
    }

    @Override
    public Sum load(DataInput in) throws IOException {
        Sum sum = new Sum();
        sum.total = in.readDouble();
        sum.weight = in.readDouble();
        return sum;
    }
}
