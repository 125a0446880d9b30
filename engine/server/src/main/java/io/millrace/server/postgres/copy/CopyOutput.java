package io.millrace.server.postgres.copy;

import io.millrace.server.postgres.type.CellEncoder;
import io.millrace.server.postgres.type.RowForm;
import io.millrace.server.postgres.wire.WireBuffer;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.time.ZoneId;
import java.util.List;

/** The rows of a {@code COPY TO}, each as a message of its own. For one thread. */
public abstract sealed class CopyOutput implements RowForm permits BinaryOutput, LineOutput {

    final List<String> names;
    final CellEncoder[] encoders;

    CopyOutput(RowType type, boolean binary, ZoneId zone) {
        this.names = type.fields().stream().map(Field::name).toList();
        this.encoders = new CellEncoder[type.size()];
        for (int i = 0; i < encoders.length; i++) {
            encoders[i] = binary
                    ? CellEncoder.binary(type.field(i).type(), zone)
                    : CellEncoder.text(type.field(i).type(), zone);
        }
    }

    /** Returns the output of an answer; instants are shown in the zone. */
    public static CopyOutput of(RowType type, CopyOptions options, ZoneId zone) {
        return switch (options.form()) {
            case TEXT -> new TextOutput(type, options, zone);
            case CSV -> new CsvOutput(type, options, zone);
            case BINARY -> new BinaryOutput(type, zone);
        };
    }

    /** Appends what comes before the rows. */
    public abstract void begin(WireBuffer out);

    /** Appends what comes behind them. */
    public abstract void end(WireBuffer out);

    @Override
    public final int encode(RowBatch batch, int[] rows, int from, int to, WireBuffer out) {
        int next = from;
        do {
            encode(batch, rows[next++], out);
        } while (next < to && out.size() < BYTES_ENOUGH);
        return next;
    }

    private void encode(RowBatch batch, int row, WireBuffer out) {
        out.begin('d');
        beginRow(out);
        for (int i = 0; i < encoders.length; i++) {
            cell(i, batch.column(i), row, out);
        }
        endRow(out);
        out.end();
    }

    abstract void beginRow(WireBuffer out);

    abstract void cell(int place, Column column, int row, WireBuffer out);

    abstract void endRow(WireBuffer out);
}
