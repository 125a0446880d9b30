/**
 * Rows in bulk: what {@code COPY} reads and writes, in PostgreSQL's text, CSV and binary forms.
 *
 * <pre>
 *   bytes as they come ──► {@link io.millrace.server.postgres.copy.CopyInput} ──► whole records ──► row batches
 * </pre>
 *
 * <p>Records are found first and changed never before they are whole, so that a record may come in any number of
 * pieces. Cells are read straight into columns; text is not even copied once more.
 */
@NullMarked
package io.millrace.server.postgres.copy;

import org.jspecify.annotations.NullMarked;
