package io.millrace.server.aws;

import io.millrace.spi.log.ShardLog;
import io.millrace.spi.row.JavaValues;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which shards ListShards answers with.
 *
 * @param type the filter's type in the API; null for all shards
 */
record ShardFilter(
        @Nullable String type,
        @Nullable String shardId,
        @Nullable Instant time) {

    static ShardFilter of(@Nullable Members members) {
        if (members == null) {
            return new ShardFilter(null, null, null);
        }
        String type = members.require("Type")
                .oneOf(
                        "Type",
                        "AFTER_SHARD_ID",
                        "AT_TRIM_HORIZON",
                        "FROM_TRIM_HORIZON",
                        "AT_LATEST",
                        "AT_TIMESTAMP",
                        "FROM_TIMESTAMP");
        return new ShardFilter(type, members.string("ShardId", 1, 128, Members.NAME), members.time("Timestamp"));
    }

    boolean accepts(ShardLog shard) {
        return switch (type) {
            case "AFTER_SHARD_ID" -> shardId == null || shard.description().id().compareTo(shardId) > 0;
            case "AT_LATEST" -> !shard.description().closed();
            case "AT_TIMESTAMP", "FROM_TIMESTAMP" -> holdsAt(shard);
            case null, default -> true;
        };
    }

    /** Returns whether the shard had entries, or was open, at the time or, for FROM, after it. */
    private boolean holdsAt(ShardLog shard) {
        if (time == null) {
            return true;
        }
        boolean alreadyThere = !shard.description().created().isAfter(time);
        boolean stillThere =
                !shard.description().closed() || shard.indexAtOrAfter(JavaValues.micros(time)) < shard.endIndex();
        return stillThere && (alreadyThere || "FROM_TIMESTAMP".equals(type));
    }
}
