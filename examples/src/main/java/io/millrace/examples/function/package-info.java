/** Functions in Java, to be packed into a jar and named by {@code CREATE FUNCTION}. */
@NullMarked
package io.millrace.examples.function;

import org.jspecify.annotations.NullMarked;
