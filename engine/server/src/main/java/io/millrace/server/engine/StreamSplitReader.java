package io.millrace.server.engine;

import io.millrace.plan.Rowtime;
import io.millrace.spi.code.ClassCompiler;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.format.DecodedRows;
import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.format.RowDecoder;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.LogReader;
import io.millrace.spi.log.ReadOptions;
import io.millrace.spi.log.ShardDescription;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.StreamDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Reads one shard of a stream as rows of the wanted columns. */
final class StreamSplitReader implements SplitReader {

    private final StreamDefinition definition;
    private final ShardLog shardLog;
    private final ShardDescription shard;
    private final LogReader reader;
    private final WantedColumns wanted;
    private final RecordFormat format;
    private final ClassCompiler compiler;
    private final BooleanSupplier fedByPump;
    private @Nullable RowDecoder decoder;
    private @Nullable DecodedRows decoded;

    StreamSplitReader(
            ShardLog shardLog,
            long position,
            StreamDefinition definition,
            RowType wantedType,
            RecordFormat format,
            ClassCompiler compiler,
            BooleanSupplier fedByPump) {
        this.definition = definition;
        this.shardLog = shardLog;
        this.shard = shardLog.description();
        this.wanted = WantedColumns.of(wantedType, definition);
        this.format = format;
        this.compiler = compiler;
        this.fedByPump = fedByPump;
        this.reader = shardLog.reader(position, new ReadOptions(wanted.stored(), wanted.needsPartitionKey()));
    }

    @Override
    public @Nullable SourceBatch poll(long endPosition, int entriesMax) {
        long room = Math.min(entriesMax, endPosition - reader.position());
        if (room < 0) {
            return null;
        }
        LogBatch batch = reader.poll((int) room);
        return switch (batch) {
            case null -> null;
            case LogBatch.Records records -> decode(records);
            case LogBatch.Rows rows -> typed(rows);
        };
    }

    @Override
    public long position() {
        return reader.position();
    }

    /**
     * Goes to another position.
     *
     * @throws io.millrace.spi.error.MillraceException {@code POSITION_OUT_OF_RANGE} where the shard does not have it
     */
    void seek(long position) {
        reader.seek(position);
    }

    @Override
    public void close() {
        reader.close();
    }

    private SourceBatch decode(LogBatch.Records records) {
        if (decoder == null || decoded == null) {
            decoder = format.decoder(
                    definition.columns(),
                    wanted.declaredPlaces(),
                    definition.options().without(StreamOptions.NAMES),
                    compiler);
            decoded = new DecodedRows(RowBatch.create(wanted.declared(), records.size()));
        }
        decoded.clear();
        decoder.decode(records.payloads(), 0, records.size(), decoded);
        RowBatch rows = decoded.rows();
        EntrySystemColumns system = new EntrySystemColumns(shard, records, rows.size(), decoded.recordOfRow());
        Column[] columns = new Column[wanted.type().size()];
        for (int i = 0; i < columns.length; i++) {
            int declared = wanted.declaredColumnOf(i);
            columns[i] = declared >= 0
                    ? rows.column(declared)
                    : system.column(wanted.type().field(i));
        }
        return new SourceBatch(
                batchOf(columns, rows.size(), records, decoded.recordOfRow()),
                rejections(records),
                arrivalBound(records));
    }

    private SourceBatch typed(LogBatch.Rows entries) {
        RowBatch rows = entries.rows();
        EntrySystemColumns system = new EntrySystemColumns(shard, entries, entries.size(), null);
        Column[] columns = new Column[wanted.type().size()];
        for (int i = 0; i < columns.length; i++) {
            Field field = wanted.type().field(i);
            int stored = wanted.storedColumnOf(i);
            if (stored < 0) {
                columns[i] = system.column(field);
            } else if (wanted.isStoredRowtime(i)) {
                columns[i] = orArrival((LongColumn) rows.column(stored), entries);
            } else {
                columns[i] = rows.column(stored);
            }
        }
        return new SourceBatch(batchOf(columns, entries.size(), entries, null), List.of(), typedBound(entries));
    }

    private RowBatch batchOf(Column[] columns, int size, LogBatch entries, int @Nullable [] entryOfRow) {
        RowBatch batch = new RowBatch(wanted.type(), columns);
        batch.size(size);
        batch.origins(new EntryOrigins(shard, entries, entryOfRow, this::rowtimeReader));
        return batch;
    }

    private StreamSplitReader rowtimeReader(long index) {
        RowType rowtime = RowType.of(SystemColumns.ROWTIME);
        return new StreamSplitReader(shardLog, index, definition, rowtime, format, compiler, fedByPump);
    }

    /** Rows that were written without a ROWTIME of their own have that of their arrival. */
    private static LongColumn orArrival(LongColumn rowtime, LogBatch entries) {
        boolean[] nulls = rowtime.nulls();
        if (nulls == null) {
            return rowtime;
        }
        long[] arrivals = entries.arrivals().values();
        long[] values = java.util.Arrays.copyOf(rowtime.values(), entries.size());
        for (int row = 0; row < values.length; row++) {
            if (nulls[row]) {
                values[row] = arrivals[row];
            }
        }
        return new LongColumn(values);
    }

    private long arrivalBound(LogBatch entries) {
        boolean inOrder = definition.rowtime() instanceof Rowtime.Arrival && !fedByPump.getAsBoolean();
        return inOrder && entries.size() > 0 ? entries.arrivals().get(entries.size() - 1) : Long.MIN_VALUE;
    }

    private long typedBound(LogBatch.Rows entries) {
        if (!(definition.rowtime() instanceof Rowtime.Arrival)) {
            return Long.MIN_VALUE;
        }
        return entries.rowtimeBound() != LogBatch.NO_BOUND ? entries.rowtimeBound() : arrivalBound(entries);
    }

    private List<RejectedEntry> rejections(LogBatch.Records records) {
        DecodedRows rows = java.util.Objects.requireNonNull(decoded);
        if (rows.rejections().isEmpty()) {
            return List.of();
        }
        List<RejectedEntry> rejected = new ArrayList<>();
        for (DecodedRows.Rejection rejection : rows.rejections()) {
            int record = rejection.record();
            long arrival = records.arrivals().get(record);
            rejected.add(new RejectedEntry(
                    definition.name(),
                    EntryOrigins.position(shard, records.firstIndex() + record, arrival),
                    rejection.code(),
                    rejection.reason(),
                    records.payloads().get(record),
                    arrival));
        }
        return rejected;
    }
}
