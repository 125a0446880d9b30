/**
 * What happens to records on their way into a delivery, as bytes and before they are read as rows.
 *
 * <pre>
 *   records of the stream ─► decompress ─► log events ─► split ─► function ─► keys ─► decoder of the stream's format
 *                               │             │           │          │          │            │
 *                               └─────────────┴───────────┴────┬─────┴──────────┘            └► format-conversion-failed
 *                                                              └► processing-failed
 * </pre>
 *
 * <p>A reader gathers what the steps before the function leave ({@code Gathering}), has several calls under way ({@code
 * FunctionCalls}) and gives rows in the order of the records. It never waits: an answer wakes the delivery.
 *
 * <p>A {@link io.millrace.delivery.transform.TransformedSource} stands between a delivery and the records, so ranges,
 * files and their names are those of any delivery. A range that is committed is never transformed again; one that a
 * crash took is, so a function is called at least once for a record, and what it said lands exactly once.
 *
 * <p>Keys that are found for partitions become columns beside the data; see {@link
 * io.millrace.delivery.layout.PartitionKey}.
 */
@NullMarked
package io.millrace.delivery.transform;

import org.jspecify.annotations.NullMarked;
