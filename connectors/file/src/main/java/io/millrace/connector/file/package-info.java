/**
 * Directories as object stores: {@code file:///lake/trades}.
 *
 * <pre>
 *   lake/trades/
 *     .staged/                            nobody who looks for *.parquet or **&#47;*.parquet looks here
 *       dt=2026-01-01%2Fpart-1.open       while it is written
 *       dt=2026-01-01%2Fpart-2.sealed     whole and on the disk
 *     dt=2026-01-01/part-0.parquet        visible
 * </pre>
 *
 * <p>A staged file lies in the same file system as the visible one, so publishing is a rename: readers see all
 * of a file or nothing. Its name there is its visible name with the slashes escaped, so a crash leaves nothing
 * behind that a later start would not find.
 *
 * <p>What is on the disk when: a file's bytes and its name in {@code .staged} when {@code seal} returns; its
 * visible name, and the directories made for it, when {@code publish} returns.
 */
@NullMarked
package io.millrace.connector.file;

import org.jspecify.annotations.NullMarked;
