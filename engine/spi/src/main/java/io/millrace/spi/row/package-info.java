/**
 * Rows in memory: columns of primitive arrays, side by side.
 *
 * <p>A {@link io.millrace.spi.row.RowBatch} has one {@link io.millrace.spi.row.Column} per field, an
 * optional selection (which of its rows still count) and an optional weight per row (+1 for a row
 * that is there now, −1 for one that no longer is). Columns hand out their arrays, since the loops
 * over them are what Millrace spends its time in; whoever holds a batch may read it until it gives it
 * back, and only its creator writes. Nothing here is safe for use by several threads at once.
 *
 * <p>A value inside a column has the form that its {@link io.millrace.spi.type.Storage} describes. At
 * the edges, where speed does not matter, {@link io.millrace.spi.row.JavaValues} turns cells into
 * ordinary Java objects and back.
 */
@NullMarked
package io.millrace.spi.row;

import org.jspecify.annotations.NullMarked;
