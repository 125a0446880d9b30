package io.millrace.runtime.expression.function;

/** The hyperbolic functions' inverses, which Java has not; exact near zero, too, and finite for the greatest numbers. */
public final class Hyperbolic {

    /** From here on the square of a number is all there is under the root. */
    private static final double LARGE = 1e8;

    private Hyperbolic() {}

    public static double asinh(double value) {
        double size = Math.abs(value);
        if (!(size < LARGE)) {
            return Math.copySign(Math.log(size) + Math.log(2), value);
        }
        double square = size * size;
        return Math.copySign(Math.log1p(size + square / (1 + Math.sqrt(1 + square))), value);
    }

    /** Returns NaN below 1. */
    public static double acosh(double value) {
        if (value >= LARGE) {
            return Math.log(value) + Math.log(2);
        }
        double above = value - 1;
        return Math.log1p(above + Math.sqrt(above * (value + 1)));
    }

    /** Returns NaN beyond 1, and infinity at 1, on either side. */
    public static double atanh(double value) {
        double size = Math.abs(value);
        return Math.copySign(Math.log1p(2 * size / (1 - size)) / 2, value);
    }
}
