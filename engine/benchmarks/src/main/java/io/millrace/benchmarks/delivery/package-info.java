/**
 * How fast deliveries write files, beside DuckDB's {@code COPY} and Flink's file sink: the same rows as records of JSON
 * and as typed rows in streams of ours, as a file of JSON and as a table for the peers.
 */
@NullMarked
package io.millrace.benchmarks.delivery;

import org.jspecify.annotations.NullMarked;
