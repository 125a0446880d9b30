/** Queries from text to rows, without a server around them: bounded, streamed in steps, and as DuckDB answers. */
@NullMarked
package io.millrace.server.query;

import org.jspecify.annotations.NullMarked;
