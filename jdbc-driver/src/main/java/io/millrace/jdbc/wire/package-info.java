/**
 * PostgreSQL's wire protocol, the client's side: messages over a pair of streams, start-up, and one query at a
 * time whose rows are read straight off the socket.
 */
@NullMarked
package io.millrace.jdbc.wire;

import org.jspecify.annotations.NullMarked;
