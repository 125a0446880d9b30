/**
 * Segments: the files that a shard is cut into.
 *
 * <p>A shard's directory holds, named by the index of its first entry,
 *
 * <pre>
 *   00000000000000000000-000000.log    00000000000000000000-000000.index    sealed: forced, never written again
 *   00000000000000184320-000000.log    00000000000000184320-000000.index    sealed
 *   00000000000000402118-000000.log                                         active: frames are appended to it
 * </pre>
 *
 * The second number tells segments apart that start at the same entry, since those before the last of
 * them have none.
 *
 * <p>Sealed segments come with a {@link io.millrace.log.segment.SparseIndex} beside them, which can be made
 * again from the segment. The index of the active one is in memory. A {@link
 * io.millrace.log.segment.SegmentScan} reads a segment from its first frame to its last and tells a torn
 * tail from damage.
 */
@NullMarked
package io.millrace.log.segment;

import org.jspecify.annotations.NullMarked;
