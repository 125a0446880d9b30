package io.millrace.spi.function;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a function may answer differently for the same arguments: it looks at a clock, at random numbers, or at
 * what lies outside. A query cannot take back what such a function gave, so it is refused over rows that update, and a
 * step that is repeated after a crash may give other values.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface NotDeterministic {}
