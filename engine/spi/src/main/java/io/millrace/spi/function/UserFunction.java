package io.millrace.spi.function;

/**
 * What {@code CREATE FUNCTION … AS 'class' USING JAR '…'} takes: a public class with a public constructor without
 * arguments.
 *
 * <p>A function is taken to be deterministic, which is that it answers the same for the same arguments, unless its
 * class is marked {@link NotDeterministic}. What it throws is an error of the row that names the function.
 */
public sealed interface UserFunction permits ScalarFunction, AggregateFunction, TableFunction, DeliveryFunction {}
