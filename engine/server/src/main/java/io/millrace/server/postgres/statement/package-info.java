/**
 * Statements that speak of the conversation and not of data, such as {@code BEGIN}, {@code SET} and
 * {@code FETCH}.
 *
 * <p>A {@link io.millrace.server.postgres.statement.SessionStatement} is recognised by its first words
 * before anything is planned; all that is not recognised here is a matter of the engine.
 */
@NullMarked
package io.millrace.server.postgres.statement;

import org.jspecify.annotations.NullMarked;
