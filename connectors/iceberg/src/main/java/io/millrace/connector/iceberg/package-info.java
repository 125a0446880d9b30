/**
 * Tables of Apache Iceberg: {@code iceberg:market.trades}.
 *
 * <p>A delivery stages its files in the table's own place, so that they need not be moved. Publishing them is one
 * commit to the table, for the files of all ranges that wait:
 *
 * <pre>
 *   data files visible in the store     nobody's yet: a table is what its metadata says
 *     │ one transaction
 *   files appended, positions noted     the rows are in the table, once
 *     │ the journal's note
 *   forgotten
 * </pre>
 *
 * <p>The positions up to which the table has a delivery's rows stand in a property of the table and in the snapshot's
 * summary, and are written with the files. So a commit whose answer was lost is recognised, and a commit is refused
 * where the positions are not those it was made for: two servers that write under one identity, such as one and a copy
 * of its directory, cannot both go on. See {@link io.millrace.connector.iceberg.Positions}.
 *
 * <p>Where rows take the place of others by a key, a file of rows has a file of keys beside it, which says that what the
 * table had of them is gone. Of each key the last change of a file counts. Each range is a snapshot of the one transaction,
 * so that a later may be about the rows of an earlier.
 *
 * <p>Iceberg's own writers need Hadoop. Files are written by a {@link
 * io.millrace.spi.format.TableFileFormat} with the numbers of the table's fields, and what a file says of itself
 * becomes the table's entry for it. Everything that Iceberg reads and writes goes through {@link
 * io.millrace.connector.iceberg.StoreFileIO} to the stores that all deliveries have.
 */
@NullMarked
package io.millrace.connector.iceberg;

import org.jspecify.annotations.NullMarked;
