/**
 * Tables of Delta Lake: {@code delta:s3://lake/trades}.
 *
 * <p>A table is a folder of Parquet files and a log beside them, {@code _delta_log}, of numbered entries. A file is the
 * table's when an entry adds it. Who makes an entry of a number is the only one:
 *
 * <pre>
 *   data files visible in the store       nobody's yet: a table is what its log says
 *     │ entry 000…42.json made, unless there is one
 *   add …, add …, txn a 120400, txn b 7   the rows are in the table, once
 *     │ the journal's note
 *   forgotten
 * </pre>
 *
 * <p>How far the table has each split of a delivery stands in {@code txn} actions in the entry that adds the rows: {@code
 * millrace/IDENTITY/SPLIT}, whose version is the position after the last. So an entry whose answer was lost is recognised.
 * One more, {@code millrace/IDENTITY}, counts the lives that have written: whoever finds a later one than its own has
 * been replaced, and is refused. Somebody else's entry at our number is read, taken into account, and the next number is
 * tried.
 *
 * <p>Delta's own library for writers wants column mapping before it adds a column, and takes one {@code txn} for a commit;
 * decision 40 has the rest. What is written here needs the protocol of version 2, and of columns that are wall clock
 * readings the feature {@code timestampNtz}. Tables of others are appended to where {@link
 * io.millrace.connector.delta.Protocol} knows all that they ask of a writer.
 */
@NullMarked
package io.millrace.connector.delta;

import org.jspecify.annotations.NullMarked;
