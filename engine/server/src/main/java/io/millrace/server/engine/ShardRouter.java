package io.millrace.server.engine;

import io.millrace.spi.log.HashKey;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Divides the rows of a step among the shards of a stream. */
final class ShardRouter {

    private final int keyColumn;
    private final @Nullable DataType keyType;

    ShardRouter(StreamOptions options, RowType columns) {
        this.keyColumn = options.partitionKey() == null ? -1 : columns.indexOf(options.partitionKey());
        this.keyType = keyColumn < 0 ? null : columns.field(keyColumn).type();
    }

    /** Says which selected rows go to which shard. */
    Routes route(RowBatch rows, List<? extends ShardLog> shards, long step) {
        Routes routes = new Routes(shards.size(), rows.selectedCount(), keys(rows));
        for (int i = 0; i < rows.selectedCount(); i++) {
            int row = rows.selectedRow(i);
            routes.add(routes.partitionKeys == null ? turn(step, shards.size()) : shardOf(routes, row, shards), row);
        }
        return routes;
    }

    private static int turn(long step, int shards) {
        return (int) Long.remainderUnsigned(step, shards);
    }

    private static int shardOf(Routes routes, int row, List<? extends ShardLog> shards) {
        BytesColumn keys = Objects.requireNonNull(routes.partitionKeys);
        HashKey key = HashKey.ofPartitionKey(keys.data(), keys.starts()[row], keys.ends()[row]);
        for (int i = 0; i < shards.size(); i++) {
            if (shards.get(i).description().range().contains(key)) {
                return i;
            }
        }
        throw new IllegalStateException("the open shards do not cover hash key " + key);
    }

    private @Nullable BytesColumn keys(RowBatch rows) {
        if (keyType == null) {
            return null;
        }
        Column column = rows.column(keyColumn);
        BytesColumn keys = new BytesColumn(rows.size());
        for (int i = 0; i < rows.selectedCount(); i++) {
            int row = rows.selectedRow(i);
            keys.append(row, column.isNull(row) ? new byte[0] : text(column, row));
        }
        return keys;
    }

    private byte[] text(Column column, int row) {
        if (column instanceof BytesColumn bytes) {
            return bytes.get(row);
        }
        StringBuilder text = new StringBuilder();
        SqlText.append(Objects.requireNonNull(keyType), column, row, ZoneOffset.UTC, text);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Which rows go to which shard, and their keys. */
    static final class Routes {

        private final int[][] rowsOfShard;
        private final int[] counts;
        private final @Nullable BytesColumn partitionKeys;

        private Routes(int shards, int rows, @Nullable BytesColumn partitionKeys) {
            this.rowsOfShard = new int[shards][shards == 1 ? rows : Math.min(rows, 16)];
            this.counts = new int[shards];
            this.partitionKeys = partitionKeys;
        }

        private void add(int shard, int row) {
            if (counts[shard] == rowsOfShard[shard].length) {
                rowsOfShard[shard] = java.util.Arrays.copyOf(rowsOfShard[shard], 2 * counts[shard] + 1);
            }
            rowsOfShard[shard][counts[shard]++] = row;
        }

        int[] rows(int shard) {
            return rowsOfShard[shard];
        }

        int count(int shard) {
            return counts[shard];
        }

        @Nullable
        BytesColumn partitionKeys() {
            return partitionKeys;
        }
    }
}
