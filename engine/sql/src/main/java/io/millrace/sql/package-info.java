/**
 * SQL text to plans: parsing, names, types, rules. Calcite is at home here and nowhere else.
 *
 * <p>{@link io.millrace.sql.SqlPlanner} is the entry: it takes a statement's text and the {@link
 * io.millrace.sql.catalog.Catalog} and answers with a {@link io.millrace.sql.statement.Statement}, a plain
 * value that the server carries out.
 */
@NullMarked
package io.millrace.sql;

import org.jspecify.annotations.NullMarked;
