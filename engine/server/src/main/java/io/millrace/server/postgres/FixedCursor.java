package io.millrace.server.postgres;

import io.millrace.server.session.ResultCursor;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A few rows of text that the gateway itself answers with. */
final class FixedCursor implements ResultCursor {

    private final RowType type;
    private final String tag;
    private @Nullable RowBatch rows;

    FixedCursor(RowType type, List<List<String>> values, String tag) {
        this.type = type;
        this.tag = tag;
        RowBatch batch = RowBatch.create(type, values.size());
        values.forEach(row -> JavaValues.append(batch, row));
        this.rows = batch;
    }

    /** Returns the type of rows of text with these names. */
    static RowType texts(String... names) {
        Field[] fields = new Field[names.length];
        for (int i = 0; i < names.length; i++) {
            fields[i] = Field.required(names[i], DataType.VARCHAR);
        }
        return RowType.of(fields);
    }

    @Override
    public RowType rowType() {
        return type;
    }

    @Override
    public boolean endless() {
        return false;
    }

    @Override
    public @Nullable RowBatch poll(Duration wait) {
        RowBatch all = rows;
        rows = null;
        return all;
    }

    @Override
    public boolean finished() {
        return rows == null;
    }

    @Override
    public String commandTag() {
        return tag;
    }

    @Override
    public void cancel() {
        // It never waits.
    }

    @Override
    public void close() {
        rows = null;
    }
}
