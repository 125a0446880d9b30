/**
 * Who a client is: SCRAM-SHA-256 (RFC 5802, RFC 7677), the server's side.
 *
 * <p>The server keeps a {@link io.millrace.server.postgres.security.ScramVerifier}, from which neither
 * the password nor a login can be derived; a {@link
 * io.millrace.server.postgres.security.ScramExchange} is one login.
 */
@NullMarked
package io.millrace.server.postgres.security;

import org.jspecify.annotations.NullMarked;
