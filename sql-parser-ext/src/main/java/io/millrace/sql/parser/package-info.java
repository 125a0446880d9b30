/**
 * SQL text to trees, and nothing else: no catalog, no types, no meaning.
 *
 * <p>{@link io.millrace.sql.parser.MillraceParser} reads one statement; {@link
 * io.millrace.sql.parser.StatementSplitter} cuts a script into statements. The parser is Calcite's, generated from
 * Calcite's grammar with our productions put in ({@code src/main/codegen}); what Calcite's SQL does not have is in
 * {@link io.millrace.sql.parser.tree}.
 */
@NullMarked
package io.millrace.sql.parser;

import org.jspecify.annotations.NullMarked;
