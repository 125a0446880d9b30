/**
 * How SQL values look on PostgreSQL's wire.
 *
 * <p>Each type has an object id and two formats, text and binary. {@link
 * io.millrace.server.postgres.type.RowEncoder} turns rows straight from their columns into messages;
 * {@link io.millrace.server.postgres.type.ParameterDecoder} reads what clients bind.
 */
@NullMarked
package io.millrace.server.postgres.type;

import org.jspecify.annotations.NullMarked;
