package io.millrace.spi.format;

import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of rows while it is read. For one thread at a time. */
public interface RowFileReader extends AutoCloseable {

    /** Returns the type of the rows in the file. */
    RowType type();

    /** Chooses the fields to read, by place in {@link #type()}, before the first row is read. */
    void project(int... fields);

    /** Returns how many rows the file has, or -1 where that shows at its end only. */
    default long rowCount() {
        return -1;
    }

    /**
     * Has parts of the file left out in which no row is within all bounds, before the first row is read. Rows outside
     * may come all the same.
     *
     * @param wanted bounds of fields, whose columns are named as in {@link #type()}
     */
    default void bound(List<ColumnBounds> wanted) {}

    /** Returns how many parts of the file are left out by {@link #bound}, or null where it has no parts. */
    default @Nullable ReadParts parts() {
        return null;
    }

    /** Returns the numbers by which a table knows the fields of {@link #type()}, -1 for one without. */
    default List<FieldIds> ids() {
        return type().fields().stream()
                .map(field -> new FieldIds(-1, List.of()))
                .toList();
    }

    /** Returns which row of the file the first of those is that {@link #next} gave last; -1 where nobody knows. */
    default long firstRow() {
        return -1;
    }

    /** Returns the next rows, valid until the next call, or null after the last. */
    @Nullable
    RowBatch next() throws IOException;

    @Override
    void close() throws IOException;
}
