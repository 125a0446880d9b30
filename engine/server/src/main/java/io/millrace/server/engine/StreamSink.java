package io.millrace.server.engine;

import io.millrace.spi.connector.Sink;
import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.Appended;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.ProducerStep;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.log.StreamLog;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.StreamDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of a pump or an INSERT into a stream as typed rows.
 *
 * <p>A step of many rows comes in parts, which are appends of their own, and readers may see some before the others. The
 * bound comes with the last.
 *
 * <p>Rows with a partition key go to its shard; without one, each step goes to one shard after the other. A
 * step's rows for one shard are one append under the writer's name and the step's number, so a repeated step
 * is taken no second time. Every shard learns the rowtime bound, with its rows or alone.
 */
final class StreamSink implements Sink {

    /** How far the bound must have come before a shard without rows is told, in microseconds. */
    private static final long LONE_BOUND_MICROS = 1_000_000;

    /** What the name of a writer has behind it for parts of its steps. */
    private static final String PARTS = " parts";

    private static final int PART_BITS = 20;

    private final StreamLog log;
    private final @Nullable String producer;
    private final RowLayout layout;
    private final ShardRouter router;
    private final StreamBounds bounds;
    private long lastLoneBound = LogBatch.NO_BOUND;

    /**
     * Creates a writer.
     *
     * @param bounds what all writers of the stream promise
     * @param producer stable name of the writer, or null where steps are not repeated
     * @param input type of the rows given to {@link #write}
     * @param targetColumns place in the stream's columns of each input column, in order, but its ROWTIME
     * @param rowtimeColumn column of the input that is ROWTIME, or -1
     */
    StreamSink(
            StreamLog log,
            StreamDefinition target,
            StreamBounds bounds,
            @Nullable String producer,
            RowType input,
            List<Integer> targetColumns,
            int rowtimeColumn) {
        this.log = log;
        this.bounds = bounds;
        this.producer = producer;
        this.layout = new RowLayout(target, input, targetColumns, rowtimeColumn);
        this.router = new ShardRouter(StreamOptions.of(target.options(), target.columns()), target.columns());
    }

    @Override
    public boolean acceptsUpdates() {
        return false;
    }

    @Override
    public CompletableFuture<Void> write(long step, RowBatch rows, long rowtimeBound) {
        List<CompletableFuture<Appended>> appends = new ArrayList<>();
        ProducerStep producerStep = producer == null ? null : new ProducerStep(producer, step);
        List<? extends ShardLog> shards = openShards();
        RowBatch stored = layout.stored(rows);
        ShardRouter.Routes routes = router.route(stored, shards, step);
        long bound = producer == null ? LogBatch.NO_BOUND : bounds.common(producer, rowtimeBound);
        boolean boundIsDue = boundIsDue(bound);
        for (int i = 0; i < shards.size(); i++) {
            boolean rowsForShard = routes.count(i) > 0;
            if (rowsForShard || boundIsDue) {
                stored.select(routes.rows(i), routes.count(i));
                appends.add(shards.get(i).append(stored, routes.partitionKeys(), bound, producerStep));
            }
        }
        return CompletableFuture.allOf(appends.toArray(CompletableFuture[]::new))
                .thenRun(() -> bounds.reached(producer, rowtimeBound));
    }

    @Override
    public boolean takesParts() {
        return producer != null;
    }

    /** Parts have a producer of their own, whose steps are numbered by step and part. */
    @Override
    public CompletableFuture<Void> writePart(long step, int part, RowBatch rows) {
        if (part >= 1 << PART_BITS) {
            throw new MillraceException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a step of " + producer + " has more rows than " + (1 << PART_BITS) + " parts hold",
                    "put out fewer rows at once, by shorter windows or a stricter WHERE");
        }
        ProducerStep producerStep = new ProducerStep(producer + PARTS, (step << PART_BITS) | part);
        List<? extends ShardLog> shards = openShards();
        RowBatch stored = layout.stored(rows);
        ShardRouter.Routes routes = router.route(stored, shards, step);
        List<CompletableFuture<Appended>> appends = new ArrayList<>();
        for (int i = 0; i < shards.size(); i++) {
            if (routes.count(i) > 0) {
                stored.select(routes.rows(i), routes.count(i));
                appends.add(shards.get(i).append(stored, routes.partitionKeys(), LogBatch.NO_BOUND, producerStep));
            }
        }
        return CompletableFuture.allOf(appends.toArray(CompletableFuture[]::new));
    }

    /** Of a step that a crash has cut short there may be parts alone. */
    @Override
    public OptionalLong lastStep() {
        if (producer == null) {
            return OptionalLong.empty();
        }
        LongStream whole = lastSteps(producer);
        LongStream parts = lastSteps(producer + PARTS).map(last -> last >> PART_BITS);
        return LongStream.concat(whole, parts).max();
    }

    private LongStream lastSteps(String writer) {
        return log.shards().stream().flatMapToLong(shard -> shard.lastStep(writer).stream());
    }

    @Override
    public void close() {
        // The log belongs to the store.
    }

    private List<? extends ShardLog> openShards() {
        return log.shards().stream()
                .filter(shard -> !shard.description().closed())
                .toList();
    }

    private boolean boundIsDue(long bound) {
        if (bound == LogBatch.NO_BOUND
                || (lastLoneBound != LogBatch.NO_BOUND && bound < lastLoneBound + LONE_BOUND_MICROS)) {
            return false;
        }
        lastLoneBound = bound;
        return true;
    }

    /** From the writer's columns to what is stored: all declared columns, and ROWTIME behind them. */
    private static final class RowLayout {

        private final RowType stored;
        private final int[] inputOf;

        RowLayout(StreamDefinition target, RowType input, List<Integer> targetColumns, int rowtimeColumn) {
            List<Field> fields = new ArrayList<>(target.columns().fields());
            int declared = fields.size();
            if (rowtimeColumn >= 0) {
                fields.add(Field.nullable(SystemColumns.ROWTIME.name(), SystemColumns.ROWTIME.type()));
            }
            this.stored = new RowType(fields);
            this.inputOf = new int[fields.size()];
            java.util.Arrays.fill(inputOf, -1);
            int next = 0;
            for (int column = 0; column < input.size(); column++) {
                if (column == rowtimeColumn) {
                    inputOf[declared] = column;
                } else {
                    inputOf[targetColumns.get(next++)] = column;
                }
            }
        }

        RowBatch stored(RowBatch rows) {
            Column[] columns = new Column[inputOf.length];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = inputOf[i] >= 0 ? rows.column(inputOf[i]) : allNull(stored.field(i), rows.size());
            }
            RowBatch batch = new RowBatch(stored, columns);
            batch.size(rows.size());
            batch.select(rows.selection(), rows.selectedCount());
            return batch;
        }

        private static Column allNull(Field field, int size) {
            Column column = Column.create(field.type(), size);
            java.util.Arrays.fill(column.nullsForWriting(), true);
            return column;
        }
    }
}
