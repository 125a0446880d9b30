/**
 * Summaries of many values in little memory, which answer with a known error: how many different ones there are ({@link
 * io.millrace.runtime.sketch.DistinctSketch}), which lie where in their order ({@link
 * io.millrace.runtime.sketch.QuantileSketch}), and which are the most frequent ({@link
 * io.millrace.runtime.sketch.FrequentSketch}). All are exact as long as there are few values, can be put together, and
 * give the same after being stored. None can forget a value.
 */
@NullMarked
package io.millrace.runtime.sketch;

import org.jspecify.annotations.NullMarked;
