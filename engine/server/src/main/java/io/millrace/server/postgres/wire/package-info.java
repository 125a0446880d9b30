/**
 * Bytes of PostgreSQL's protocol: messages are built in a {@link
 * io.millrace.server.postgres.wire.WireBuffer} and taken apart with a {@link
 * io.millrace.server.postgres.wire.Payload}.
 *
 * <p>Every message but the first of a connection is a type letter, a length that counts itself, and a
 * body. Numbers are big-endian, strings UTF-8 with a zero byte at their end.
 */
@NullMarked
package io.millrace.server.postgres.wire;

import org.jspecify.annotations.NullMarked;
