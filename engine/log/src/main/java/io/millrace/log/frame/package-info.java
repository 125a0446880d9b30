/**
 * Frames: how entries lie in a file.
 *
 * <p>A segment file is frames and nothing else, one after the other. What every frame starts with is
 * drawn in {@link io.millrace.log.frame.FrameHead}; what follows, in {@link
 * io.millrace.log.frame.RecordsSection} for raw records and in {@link
 * io.millrace.log.frame.ColumnNode} for typed rows. All numbers are little-endian and lie at multiples
 * of their size, so that a column of a mapped file is copied into an array as a whole.
 *
 * <p>Each column is a section of its own with its own checksum: a reader checks and touches those it wants.
 */
@NullMarked
package io.millrace.log.frame;

import org.jspecify.annotations.NullMarked;
