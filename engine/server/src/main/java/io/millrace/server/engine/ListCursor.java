package io.millrace.server.engine;

import io.millrace.server.session.ResultCursor;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer that is there already: the rows of SHOW, or the word that something was done. */
final class ListCursor implements ResultCursor {

    private final @Nullable RowBatch rows;
    private final String tag;
    private boolean read;

    private final List<String> notices;

    private ListCursor(@Nullable RowBatch rows, String tag, List<String> notices) {
        this.rows = rows;
        this.tag = tag;
        this.notices = notices;
        this.read = rows == null || rows.selectedCount() == 0;
    }

    /** Returns the answer of a statement that has no rows. */
    static ListCursor done(String tag) {
        return new ListCursor(null, tag, List.of());
    }

    /** Returns the answer of a statement that has no rows, but something to say. */
    static ListCursor done(String tag, List<String> notices) {
        return new ListCursor(null, tag, notices);
    }

    static ListCursor of(RowBatch rows, String tag) {
        return new ListCursor(rows, tag, List.of());
    }

    /** Returns an answer of rows given as objects in the form of {@link JavaValues}. */
    static ListCursor of(RowType type, List<? extends List<? extends @Nullable Object>> rows, String tag) {
        RowBatch batch = RowBatch.create(type, rows.size());
        rows.forEach(row -> JavaValues.append(batch, row));
        return new ListCursor(batch, tag, List.of());
    }

    @Override
    public @Nullable RowType rowType() {
        return rows == null ? null : rows.type();
    }

    @Override
    public boolean endless() {
        return false;
    }

    @Override
    public @Nullable RowBatch poll(Duration wait) {
        if (read) {
            return null;
        }
        read = true;
        return rows;
    }

    @Override
    public boolean finished() {
        return read;
    }

    @Override
    public String commandTag() {
        return tag;
    }

    @Override
    public List<String> notices() {
        return notices;
    }

    @Override
    public void cancel() {
        read = true;
    }

    @Override
    public void close() {
        read = true;
    }
}
