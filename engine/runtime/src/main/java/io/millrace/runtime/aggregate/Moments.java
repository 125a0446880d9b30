package io.millrace.runtime.aggregate;

import io.millrace.plan.AggregateFunction;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.DoubleColumn;

/**
 * A function of how numbers lie around their mean.
 *
 * @param function SKEWNESS or KURTOSIS
 */
record Moments(AggregateFunction function) {

    /**
     * Writes the result.
     *
     * @param second sum of the squared distances from the mean; {@code third} and {@code fourth} likewise
     */
    void write(long count, double second, double third, double fourth, Column out, int row) {
        boolean skewness = function == AggregateFunction.SKEWNESS;
        if (count < (skewness ? 3 : 4) || second == 0) {
            out.setNull(row);
            return;
        }
        double n = count;
        double variance = second / n;
        double value = skewness
                ? Math.sqrt(n * (n - 1)) / (n - 2) * (third / n) / (variance * Math.sqrt(variance))
                : (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (fourth / n / (variance * variance) - 3) + 6);
        ((DoubleColumn) out).set(row, value);
    }
}
