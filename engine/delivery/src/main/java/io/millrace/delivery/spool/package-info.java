/**
 * Destinations that take records or rows instead of files, behind the protocol for files.
 *
 * <pre>
 *   range ──► spool file: staged, sealed, committed in the journal      {@link io.millrace.delivery.spool.SpoolFormat},
 *                │                                                      {@link io.millrace.delivery.spool.RowSpoolFormat}
 *                │ publish
 *                ├─ batch 0 ─► receiver, under an id made of the file's name and the batch's number
 *                ├─ batch 1 ─► receiver
 *                └─ done: the name is marked, the file deleted            {@link io.millrace.delivery.spool.SpoolStore}
 * </pre>
 *
 * <p>To publish a file is to send it. A crash, or an answer that was lost, repeats the batch under its id with the same
 * records, so a destination that knows ids takes each record once, and any other at least once. Rows wait with their types where
 * the destination has types of its own; see decision 17. What it refuses for
 * good, and what it has not taken after the time for retries, goes to the backup, where there is one, and is told as
 * rejected; nothing is dropped.
 */
@NullMarked
package io.millrace.delivery.spool;

import org.jspecify.annotations.NullMarked;
