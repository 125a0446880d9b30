/**
 * Functions that users write in Java.
 *
 * <p>A function is a public class with a public constructor without arguments that implements {@link
 * io.millrace.spi.function.ScalarFunction}: one row in, one value out. It has one method of a fixed name, and the
 * method's signature says the SQL types; {@link io.millrace.spi.function.JavaType} has the table. {@link
 * io.millrace.spi.function.FunctionMethod} reads it. Each place in a query that calls a function has an instance of
 * its own, which is used by one thread at a time.
 */
@NullMarked
package io.millrace.spi.function;

import org.jspecify.annotations.NullMarked;
