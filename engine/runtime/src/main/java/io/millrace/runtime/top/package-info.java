/**
 * The rows at the first places of partitions.
 *
 * <pre>
 *   rows of a step ──► RowStore      values, by row number
 *                      RowPlaces     per partition row numbers in order     ──► PlacedRows before the step
 *                                                                               PlacedRows after it
 *                                                                               what differs is put out
 * </pre>
 *
 * <p>{@link io.millrace.runtime.top.FewPlaces} holds a few rows per partition in one array for all of them, {@link
 * io.millrace.runtime.top.ManyPlaces} any number.
 */
@NullMarked
package io.millrace.runtime.top;

import org.jspecify.annotations.NullMarked;
