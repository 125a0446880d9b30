package io.millrace.runtime.aggregate;

import io.millrace.plan.AggregateFunction;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.DoubleColumn;

/**
 * A function of pairs of numbers, of what they have in common.
 *
 * @param function one of COVAR, CORR and REGR
 */
record Regression(AggregateFunction function) {

    /**
     * Writes the result.
     *
     * @param x mean of the x
     * @param y mean of the y
     * @param xx sum of the squared distances of the x from their mean; {@code yy} and {@code xy} likewise
     */
    void write(long count, double x, double y, double xx, double yy, double xy, Column out, int row) {
        if (function == AggregateFunction.REGR_COUNT) {
            Integers.write(count, out, row);
        } else if (count < (function == AggregateFunction.COVAR_SAMP ? 2 : 1) || isUndefined(xx, yy)) {
            out.setNull(row);
        } else {
            if (function != AggregateFunction.REGR_AVGX && function != AggregateFunction.REGR_AVGY) {
                VarianceAccumulator.refuseOverflow(function, x, xx);
                VarianceAccumulator.refuseOverflow(function, y, yy);
                VarianceAccumulator.refuseOverflow(function, x + y, xy);
            }
            ((DoubleColumn) out).set(row, value(count, x, y, xx, yy, xy));
        }
    }

    /** Returns whether a line cannot be laid through the points. */
    private boolean isUndefined(double xx, double yy) {
        return switch (function) {
            case REGR_SLOPE, REGR_INTERCEPT, REGR_R2 -> xx == 0;
            case CORR -> xx == 0 || yy == 0;
            default -> false;
        };
    }

    private double value(long count, double x, double y, double xx, double yy, double xy) {
        return switch (function) {
            case COVAR_POP -> xy / count;
            case COVAR_SAMP -> xy / (count - 1);
            case CORR -> Math.clamp(xy / Math.sqrt(xx) / Math.sqrt(yy), -1, 1);
            case REGR_AVGX -> x;
            case REGR_AVGY -> y;
            case REGR_SXX -> xx;
            case REGR_SYY -> yy;
            case REGR_SXY -> xy;
            case REGR_SLOPE -> xy / xx;
            case REGR_INTERCEPT -> y - xy / xx * x;
            default -> yy == 0 ? 1 : xy / xx * (xy / yy); // REGR_R2
        };
    }
}
