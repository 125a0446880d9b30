package io.millrace.spi.function;

/**
 * A value computed from values of one row.
 *
 * <p>The class has one public method named {@code apply}; see {@link JavaType} for what it may take and return:
 *
 * <pre>
 *   public final class Distance implements ScalarFunction {
 *       public double apply(double x, double y) {
 *           return Math.hypot(x, y);
 *       }
 *   }
 * </pre>
 *
 * <p>Where an argument is NULL the function is not called and the result is NULL, but for parameters that are
 * annotated {@code @Nullable} (of whatever package, if it is kept at run time): those are given {@code null}.
 */
public non-sealed interface ScalarFunction extends UserFunction {

    /** Name of the method. */
    String METHOD = "apply";
}
