/**
 * Runs queries over catalog relations: a small interpreter of SQL trees with PostgreSQL's manners.
 *
 * <p>These queries are long and their relations tiny, so what counts is that each of them runs, and at once. They lean
 * on what only PostgreSQL does: a text literal takes the type of what it is compared with ({@code oid = '16384'}, {@code
 * roles = '{0}'}), a function in FROM is a column under its alias, {@code regclass} is a number that reads as a name, a
 * function in the SELECT list may return many rows, every subquery may look outward. A validator and a planner for
 * streams have none of that, and compiling one such query to classes takes longer than running it a hundred times. So
 * {@link io.millrace.sql.system.query.QueryCompiler} turns a tree into closures over rows, which are arrays: names and
 * result types are settled there, values meet at run time ({@link io.millrace.sql.system.query.Values}). Joins on equal
 * columns go by hash, conditions are applied as early as their columns are known, all else is a loop.
 */
@NullMarked
package io.millrace.sql.system.query;

import org.jspecify.annotations.NullMarked;
