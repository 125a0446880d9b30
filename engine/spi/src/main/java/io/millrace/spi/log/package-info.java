/**
 * The contract of the shard log: what a stream keeps, and how it is written and read.
 *
 * <p>A stream is a set of shards. Each {@link io.millrace.spi.log.ShardLog} is an ordered, durable
 * sequence of entries, numbered from 0 by an <em>index</em>. An entry is a raw record (bytes under a
 * partition key) or a typed row; both have an arrival time. The MD5 of the partition key, a {@link
 * io.millrace.spi.log.HashKey}, chooses the shard. To the outside an entry is named by its {@link
 * io.millrace.spi.log.SequenceNumber}, which holds the index.
 */
@NullMarked
package io.millrace.spi.log;

import org.jspecify.annotations.NullMarked;
