package io.millrace.spi.function;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A value computed from values of all rows of a group.
 *
 * <p>An accumulator holds what is known of a group. Three methods are found by their names, since their signatures say
 * the SQL types; see {@link JavaType} for what they may take and return:
 *
 * <ul>
 *   <li>{@code void add(A accumulator, …)} takes a row's arguments in.
 *   <li>{@code void retract(A accumulator, …)}, which need not be there, takes them out again: then the accumulator is
 *       as if they had never been added. A row may go before it comes; when both have happened, that is the same as
 *       neither. Without the method the function cannot be used over rows that change.
 *   <li>{@code result(A accumulator)} answers, and leaves the accumulator as it is. Over no rows it is asked for a new
 *       one.
 * </ul>
 *
 * <pre>
 *   public final class WeightedAverage implements AggregateFunction&lt;WeightedAverage.Sum&gt; {
 *       public static final class Sum { double total; double weight; }
 *
 *       public Sum create() { return new Sum(); }
 *       public void add(Sum sum, double value, double weight) { sum.total += value * weight; sum.weight += weight; }
 *       public &#64;Nullable Double result(Sum sum) { return sum.weight == 0 ? null : sum.total / sum.weight; }
 *       public void merge(Sum sum, Sum other) { sum.total += other.total; sum.weight += other.weight; }
 *       public void save(Sum sum, DataOutput out) throws IOException { out.writeDouble(sum.total); … }
 *       public Sum load(DataInput in) throws IOException { … }
 *   }
 * </pre>
 *
 * <p>Rows come in no order that means anything: what the function gives must hang on which rows there are and not on how
 * they came, nor on how they were parted between accumulators that were merged. A row with a NULL argument is passed
 * over, but for parameters that are annotated {@code @Nullable}. What a method throws makes the group's result an
 * error, which goes to the error stream with the name of the function.
 *
 * @param <A> the accumulator: a public class that can be changed, or an array
 */
public non-sealed interface AggregateFunction<A> extends UserFunction {

    /** Name of the method that takes a row in. */
    String ADD = "add";

    /** Name of the method that takes a row out. */
    String RETRACT = "retract";

    /** Name of the method that answers. */
    String RESULT = "result";

    /** Returns an accumulator over no rows. */
    A create();

    /**
     * Takes in the rows of another accumulator, which stays as it is and shares nothing with this one afterwards:
     * overlapping windows are merged from the same parts again and again.
     */
    void merge(A accumulator, A other);

    /** Writes all that {@link #load} needs. */
    void save(A accumulator, DataOutput out) throws IOException;

    /** Returns an accumulator as it was saved; reads exactly what was written. */
    A load(DataInput in) throws IOException;
}
