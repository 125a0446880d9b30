/**
 * The door for PostgreSQL's wire protocol, version 3.0.
 *
 * <p>Each client has a {@code Connection} with two threads: a virtual one takes messages off the socket
 * into an {@code Inbox}, the other, the {@code Conversation}, answers them in order and computes what is asked. So a client that cancels,
 * leaves or breaks off is noticed while an endless answer goes out. Rows go from the engine's columns
 * into one buffer and from there to the socket; a client that reads slowly holds up its own query and
 * nobody else.
 *
 * <p>An answer is handed on as it comes: whenever the engine has no more rows at the moment, what is
 * there is flushed, and a portal with a row limit is suspended early.
 */
@NullMarked
package io.millrace.server.postgres;

import org.jspecify.annotations.NullMarked;
