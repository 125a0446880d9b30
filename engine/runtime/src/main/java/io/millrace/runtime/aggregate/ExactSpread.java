package io.millrace.runtime.aggregate;

import io.millrace.spi.row.Column;
import java.math.BigDecimal;
import java.math.MathContext;

/** How numbers lie around their mean, of the exact sums of their powers. */
final class ExactSpread {

    private static final MathContext DIGITS = MathContext.DECIMAL128;
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal THREE = BigDecimal.valueOf(3);
    private static final BigDecimal FOUR = BigDecimal.valueOf(4);
    private static final BigDecimal SIX = BigDecimal.valueOf(6);

    private ExactSpread() {}

    /** Writes a function of x and y; the sums are of x, y, x², y², xy. */
    static void write(Regression function, long count, boolean finite, BigDecimal[] s, Column out, int row) {
        if (count <= 0) {
            function.write(0, 0, 0, 0, 0, 0, out, row);
        } else if (!finite) {
            double nan = Double.NaN;
            function.write(count, nan, nan, nan, nan, nan, out, row);
        } else {
            BigDecimal n = BigDecimal.valueOf(count);
            function.write(
                    count,
                    share(s[0], n),
                    share(s[1], n),
                    share(n.multiply(s[2]).subtract(s[0].multiply(s[0])), n),
                    share(n.multiply(s[3]).subtract(s[1].multiply(s[1])), n),
                    share(n.multiply(s[4]).subtract(s[0].multiply(s[1])), n),
                    out,
                    row);
        }
    }

    /** Writes a function of x; the sums are of its first four powers. */
    static void write(Moments function, long count, boolean finite, BigDecimal[] s, Column out, int row) {
        if (count <= 0) {
            function.write(0, 0, 0, 0, out, row);
        } else if (!finite) {
            function.write(count, Double.NaN, Double.NaN, Double.NaN, out, row);
        } else {
            BigDecimal n = BigDecimal.valueOf(count);
            BigDecimal n2 = n.multiply(n);
            BigDecimal square = s[0].multiply(s[0]);
            BigDecimal second = n.multiply(s[1]).subtract(square);
            BigDecimal third = n2.multiply(s[2])
                    .subtract(THREE.multiply(n).multiply(s[0]).multiply(s[1]))
                    .add(TWO.multiply(square).multiply(s[0]));
            BigDecimal fourth = n2.multiply(n)
                    .multiply(s[3])
                    .subtract(FOUR.multiply(n2).multiply(s[0]).multiply(s[2]))
                    .add(SIX.multiply(n).multiply(square).multiply(s[1]))
                    .subtract(THREE.multiply(square).multiply(square));
            function.write(count, share(second, n), share(third, n2), share(fourth, n2.multiply(n)), out, row);
        }
    }

    private static double share(BigDecimal sum, BigDecimal n) {
        return sum.divide(n, DIGITS).doubleValue();
    }
}
