/**
 * The functions that are too long to be written into generated code, as static methods over primitives and
 * slices of bytes. They know nothing of expressions and batches. Generated classes call them, so they are
 * public; nobody else should.
 *
 * <p>A method that fails throws {@link io.millrace.spi.error.RowFailure}.
 */
@NullMarked
package io.millrace.runtime.expression.function;

import org.jspecify.annotations.NullMarked;
