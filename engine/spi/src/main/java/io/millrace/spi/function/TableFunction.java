package io.millrace.spi.function;

/**
 * Rows computed from values of one row.
 *
 * <p>The class has one public method named {@code apply} that returns a {@code List}: of a public record, whose
 * components are the columns, or of another type, which is the one column. See {@link JavaType} for the types:
 *
 * <pre>
 *   public final class Pairs implements TableFunction {
 *       public record Pair(String key, String value) {}
 *
 *       public List&lt;Pair&gt; apply(String text) {
 *           …
 *       }
 *   }
 * </pre>
 *
 * <p>It is called in FROM: {@code FROM t, LATERAL TABLE(pairs(t.x)) AS p(key, value)}. Where an argument is NULL the
 * function is not called and there are no rows, but for parameters that are annotated {@code @Nullable}.
 */
public non-sealed interface TableFunction extends UserFunction {

    /** Name of the method. */
    String METHOD = "apply";
}
