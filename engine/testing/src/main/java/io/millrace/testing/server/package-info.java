/** The server as a process that tests start, kill and start again. */
@NullMarked
package io.millrace.testing.server;

import org.jspecify.annotations.NullMarked;
