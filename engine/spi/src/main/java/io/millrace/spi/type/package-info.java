/**
 * SQL data types as plain values.
 *
 * <p>{@link io.millrace.spi.type.DataType} is sealed, so code that treats every type says so to the
 * compiler with a {@code switch}. A type does not carry nullability; the {@link
 * io.millrace.spi.type.Field} that uses it does. How a type's values lie in memory is its {@link
 * io.millrace.spi.type.Storage}.
 */
@NullMarked
package io.millrace.spi.type;

import org.jspecify.annotations.NullMarked;
