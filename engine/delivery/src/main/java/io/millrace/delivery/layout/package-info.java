/**
 * Where a delivery's files lie and what they are called: prefixes with expressions, as Data Firehose has them, and
 * partitions by the rows' values, as lakes have them.
 *
 * <p>A {@link io.millrace.delivery.layout.Layout} says for a row which partition it belongs to, and for a partition's
 * file what its name begins with. The partition depends on the row alone; the name also on the ROWTIME of the file's
 * first row, so a range that is read again gives the same names.
 */
@NullMarked
package io.millrace.delivery.layout;

import org.jspecify.annotations.NullMarked;
