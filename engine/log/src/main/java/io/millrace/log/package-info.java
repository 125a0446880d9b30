/**
 * The shard log on local disk.
 *
 * <p>A {@link io.millrace.log.LogStore} owns a data directory and its streams. A put goes this way:
 *
 * <pre>
 *   caller's thread       encodes the frame of an append, waits where too much is queued
 *        │ queue
 *   writer's thread       takes all that waits, gives places and arrival times, writes, forces once per shard
 *        │ snapshot       what is durable becomes readable
 *        ├──► futures complete
 *        └──► readers that wait are called
 * </pre>
 *
 * Readers work in their own threads on files that only grow, up to the end that the snapshot names, and
 * take no lock. Frames are laid out by {@link io.millrace.log.frame}, segments kept and recovered by
 * {@link io.millrace.log.segment}; {@link io.millrace.log.disk} is what they stand on.
 */
@NullMarked
package io.millrace.log;

import org.jspecify.annotations.NullMarked;
