/** Sources and sinks in memory, and the outside systems that tests bring along. */
@NullMarked
package io.millrace.testing.connector;

import org.jspecify.annotations.NullMarked;
