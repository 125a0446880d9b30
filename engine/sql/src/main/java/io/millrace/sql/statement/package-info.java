/** Planned statements as plain values: what the server is to do. */
@NullMarked
package io.millrace.sql.statement;

import org.jspecify.annotations.NullMarked;
