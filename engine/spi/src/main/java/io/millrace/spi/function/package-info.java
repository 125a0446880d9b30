/**
 * Functions that users write in Java.
 *
 * <p>A function is a public class with a public constructor without arguments that implements one of {@link
 * io.millrace.spi.function.ScalarFunction}, one row in and one value out; {@link
 * io.millrace.spi.function.AggregateFunction}, many rows in and one value out; and {@link
 * io.millrace.spi.function.TableFunction}, one row in and rows out. A {@link io.millrace.spi.function.DeliveryFunction}
 * transforms records of deliveries. It has methods of fixed names, and their signatures
 * say the SQL types; {@link io.millrace.spi.function.JavaType} has the table. {@link
 * io.millrace.spi.function.FunctionMethod} and {@link io.millrace.spi.function.AggregateMethods} read them. Each place in
 * a query that calls a function has an instance of its own, which is used by one thread at a time.
 */
@NullMarked
package io.millrace.spi.function;

import org.jspecify.annotations.NullMarked;
