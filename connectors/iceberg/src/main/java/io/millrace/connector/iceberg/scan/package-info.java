/**
 * Tables of Iceberg while they are read.
 *
 * <pre>
 *   {@link io.millrace.connector.iceberg.scan.PinnedTable}    one version of the table's metadata, and one snapshot in it
 *     │ Iceberg plans, with what the filter says: partitions and bounds of columns leave files out
 *   {@link io.millrace.connector.iceberg.scan.FilesScan}      files with what is deleted of them, partition by partition
 *     │ the columns of each by the numbers of the fields, whatever they were called and however narrow they were
 *   rows of the wanted columns, without those that are gone
 * </pre>
 *
 * <p>Iceberg's own readers need Hadoop, so files are read by a {@link io.millrace.spi.format.TableFileFormat}. What
 * Iceberg says for its readers holds: a field that a file lacks has the value of its partition, its default, or NULL; a
 * row is gone where a key says so that was committed after it, or where its place in its file is named.
 */
@NullMarked
package io.millrace.connector.iceberg.scan;

import org.jspecify.annotations.NullMarked;
