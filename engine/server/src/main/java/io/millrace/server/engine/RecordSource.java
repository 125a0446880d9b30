package io.millrace.server.engine;

import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.log.ReadOptions;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.log.ShardLog.Subscription;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A stream's log as whole records, whatever columns the stream has: rows of one column with a record's bytes. Rows that
 * SQL wrote are records of the stream's format.
 */
final class RecordSource implements Source {

    /** The one column. */
    static final RowType WHOLE = RowType.of(Field.nullable("data", DataType.VARBINARY));

    private final StreamSource stream;
    private final RowType columns;
    private final Supplier<RowEncoder> encoder;

    /**
     * @param stream the same stream, for all but its rows; closed with this
     * @param columns what it declares
     * @param encoder makes records of rows
     */
    RecordSource(StreamSource stream, RowType columns, Supplier<RowEncoder> encoder) {
        this.stream = stream;
        this.columns = columns;
        this.encoder = encoder;
    }

    @Override
    public List<String> splits() {
        return stream.splits();
    }

    @Override
    public long firstPosition(String split) {
        return stream.firstPosition(split);
    }

    @Override
    public long endPosition(String split) {
        return stream.endPosition(split);
    }

    @Override
    public SplitReader open(String split, long position) {
        ShardLog shard = stream.shard(split);
        return new RecordSplitReader(
                shard.description(), shard.reader(position, new ReadOptions(columns, false)), encoder.get());
    }

    @Override
    public long idleBound(String split, long position) {
        return stream.idleBound(split, position);
    }

    @Override
    public OptionalLong arrivedMicros(String split, long position) {
        return stream.arrivedMicros(split, position);
    }

    @Override
    public Subscription onAvailable(Runnable listener) {
        return stream.onAvailable(listener);
    }

    @Override
    public void close() {
        stream.close();
    }
}
