/**
 * What joins are made of.
 *
 * <pre>
 *   KeyedRows    the rows of a batch that have a key, and those whose key is NULL
 *   BuildTable   bounded: all rows of one side, by key
 *   RowStore     endless: rows that come and go, chained by key, found again when they are taken back
 *   TimeIndex    rows by time, to forget them when their time has passed
 *   JoinPairs    rows of both sides put side by side, and tested
 * </pre>
 *
 * <p>Rows lie in columns and are spoken of by number; there is no object per row. Nothing here is safe for use by
 * several threads at once.
 */
@NullMarked
package io.millrace.runtime.join;

import org.jspecify.annotations.NullMarked;
