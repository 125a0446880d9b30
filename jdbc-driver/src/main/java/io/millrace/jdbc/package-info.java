/**
 * The JDBC driver of Millrace: one small jar without dependencies.
 *
 * <p>URLs are {@code jdbc:millrace://HOST:PORT/DATABASE?property=value} for a server, and {@code
 * jdbc:millrace:embedded:DIRECTORY} for an engine in this process.
 *
 * <p>A {@code SELECT STREAM} opens at once, before its first row, and its {@link java.sql.ResultSet#next} waits for
 * rows as long as it takes. {@link java.sql.Statement#cancel}, {@code close} and {@link
 * java.sql.Connection#abort} may come from any thread and at any time and end that wait; everything else is for one
 * thread at a time per statement. Different statements of one connection may be used by different threads: each
 * result that is still open has a session with the server of its own.
 */
@NullMarked
package io.millrace.jdbc;

import org.jspecify.annotations.NullMarked;
