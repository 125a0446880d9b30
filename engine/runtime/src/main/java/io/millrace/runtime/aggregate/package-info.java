/**
 * Aggregate functions over groups: an {@link io.millrace.runtime.aggregate.Accumulator} per call, its state in arrays by
 * group number.
 *
 * <p>Where the input only grows, MIN and MAX keep one value per group. Where rows can go again (weight −1) they
 * keep all values with their counts; everything else just subtracts. What a function gives does not depend on the
 * order of rows, but for FIRST_VALUE and LAST_VALUE.
 */
@NullMarked
package io.millrace.runtime.aggregate;

import org.jspecify.annotations.NullMarked;
