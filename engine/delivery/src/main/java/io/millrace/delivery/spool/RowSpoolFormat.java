package io.millrace.delivery.spool;

import io.millrace.delivery.DeliveryFormat;
import io.millrace.spi.Options;
import io.millrace.spi.connector.BatchSize;
import io.millrace.spi.connector.RowReceiver;
import io.millrace.spi.format.FileFormat;
import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Files of rows with their types, each row with its ROWTIME and where it came from, that only {@link SpoolStore} reads.
 * A batch of the file is a batch that is sent: how rows are cut is fixed when they are written.
 *
 * @param format writes and reads files from front to back, and gives the batches back as they were written
 * @param records makes records of rows that are not taken
 * @param batch what a batch is ended by
 */
public record RowSpoolFormat(FileFormat format, RecordFormat records, BatchSize batch) implements DeliveryFormat {

    static final String ROWTIME = "$rowtime";
    static final String POSITION = "$position";

    @Override
    public String extension() {
        return ".rows";
    }

    @Override
    public RowFileWriter writer(RowType type, OutputStream out) throws IOException {
        RowType stored = stored(type);
        return new RowSpoolWriter(stored, batch, format.writer(stored, out, Options.NONE));
    }

    SpoolBatches reader(RowReceiver receiver, RowType type, InputStream file) throws IOException {
        return new RowBatches(
                receiver,
                type,
                records.encoder(type, Options.NONE),
                format.reader(new ForwardChannel(file), Options.NONE));
    }

    /** Returns the type of the file's rows: nothing is required there, so that the file refuses none. */
    private static RowType stored(RowType type) {
        List<Field> fields = new ArrayList<>(loosened(type).fields());
        fields.add(Field.nullable(ROWTIME, DataType.BIGINT));
        fields.add(Field.nullable(POSITION, DataType.VARCHAR));
        return new RowType(fields);
    }

    private static RowType loosened(RowType type) {
        return new RowType(type.fields().stream()
                .map(field -> Field.nullable(field.name(), loosened(field.type())))
                .toList());
    }

    private static DataType loosened(DataType type) {
        return switch (type) {
            case RowType row -> loosened(row);
            case ArrayType array -> new ArrayType(loosened(array.element()), true);
            case MapType map -> new MapType(loosened(map.key()), loosened(map.value()), true);
            default -> type;
        };
    }
}
