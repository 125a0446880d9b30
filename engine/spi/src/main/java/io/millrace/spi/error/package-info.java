/**
 * Errors that people see: a stable code, what went wrong, and what to do.
 *
 * <p>Every failure that a user, an operator or a client program can cause is a {@link
 * io.millrace.spi.error.MillraceException}. Gateways turn its {@link io.millrace.spi.error.ErrorCode}
 * into what their protocol says (an AWS exception name, a SQLSTATE); nothing else does.
 */
@NullMarked
package io.millrace.spi.error;

import org.jspecify.annotations.NullMarked;
