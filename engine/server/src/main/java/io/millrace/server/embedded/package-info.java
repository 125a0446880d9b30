/**
 * The engine inside another program, for the JDBC driver's {@code jdbc:millrace:embedded:DIRECTORY}: the driver finds
 * {@link io.millrace.server.embedded.DirectoryEngines} and talks to the engine in PostgreSQL's protocol over bounded
 * pipes, so that embedded or not, a statement goes the same way.
 */
@NullMarked
package io.millrace.server.embedded;

import org.jspecify.annotations.NullMarked;
