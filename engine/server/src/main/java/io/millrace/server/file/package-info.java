/**
 * Files as relations: what {@code FROM 'file:///lake/*.parquet'} reads.
 *
 * <pre>
 *   URL ─► {@link io.millrace.server.file.FilePattern}  which files are meant
 *       ─► {@link io.millrace.server.file.FoundFiles}   those that are there, listed once for a query
 *       ─► {@link io.millrace.server.file.UnitedRows}   the columns that they have together
 *       ─► {@link io.millrace.server.file.FileSource}   one split for each, less those that cannot have a wanted row
 * </pre>
 *
 * <p>An answer is of the files as they were when they were listed, or there is none: one that is written again, or
 * deleted, while a query reads makes the query fail. What a filter says of single columns is used three times: folders
 * named {@code key=value} are left out without opening a file in them, parts of a file are left out by what the file
 * says of them, and the filter itself tests what is left.
 */
@NullMarked
package io.millrace.server.file;

import org.jspecify.annotations.NullMarked;
