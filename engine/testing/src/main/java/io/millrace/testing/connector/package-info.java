/** Sources and sinks in memory, for tests that run queries without a log. */
@NullMarked
package io.millrace.testing.connector;

import org.jspecify.annotations.NullMarked;
