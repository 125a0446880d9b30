package io.millrace.spi.log;

import java.util.List;

/** The shards of one stream. Safe for use by several threads. */
public interface StreamLog {

    String name();

    /** Returns all shards that still have entries or take them, by ascending number. */
    List<? extends ShardLog> shards();

    /**
     * Returns the shard of this number.
     *
     * @throws io.millrace.spi.error.MillraceException {@code UNDEFINED_NAME} where there is none
     */
    ShardLog shard(int number);

    /** Returns the open shard that the hash key belongs to. */
    ShardLog route(HashKey key);
}
