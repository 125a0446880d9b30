package io.millrace.format.parquet;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Takes a field's column apart into the flat columns of a file, each value with its levels: how many of the
 * things around it that may repeat do so here (repetition), and how many of those that may be absent are there
 * (definition).
 */
abstract sealed class Shredder permits LeafShredder, RowShredder, ArrayShredder {

    private final String path;
    private final boolean nullable;

    Shredder(String path, boolean nullable) {
        this.path = path;
        this.nullable = nullable;
    }

    /**
     * Creates the shredder of a field.
     *
     * @param path names from the row to the field
     * @param repeated how many arrays and maps are around it
     */
    static Shredder of(Field field, String path, int repeated) {
        return of(field.type(), field.nullable(), path, repeated);
    }

    private static Shredder of(DataType type, boolean nullable, String path, int repeated) {
        return switch (type) {
            case RowType t -> new RowShredder(path, nullable, fields(t, path + ".", repeated));
            case ArrayType t ->
                new ArrayShredder(
                        path,
                        nullable,
                        repeated + 1,
                        of(t.element(), t.elementNullable(), path + ".list.element", repeated + 1));
            case MapType t ->
                new ArrayShredder(
                        path,
                        nullable,
                        repeated + 1,
                        new RowShredder(
                                path + ".key_value", false, fields(t.entry(), path + ".key_value.", repeated + 1)));
            default -> LeafShredder.of(type, nullable, path);
        };
    }

    static Shredder[] fields(RowType type, String prefix, int repeated) {
        Shredder[] shredders = new Shredder[type.size()];
        for (int i = 0; i < shredders.length; i++) {
            Field field = type.field(i);
            shredders[i] = of(field, prefix + field.name(), repeated);
        }
        return shredders;
    }

    final String path() {
        return path;
    }

    /** Returns the definition level of a value that is there, given that of what holds it. */
    final int defined(int holder) {
        return nullable ? holder + 1 : holder;
    }

    /** Writes to these from now on, and takes those of its leaves off the queue. */
    abstract void writeTo(Deque<ColumnWriter> writers);

    /** Writes one cell. */
    abstract void write(Column column, int row, int repetition, int definition);

    /** Writes that what holds this is not there. */
    abstract void writeAbsent(int repetition, int definition);

    /** Throws where a value has no form in the file, before anything of it is written. */
    abstract void check(Column column, int row);

    /** Returns whether {@link #check} can find anything in the column. */
    abstract boolean mayRefuse(Column column);

    /** Writes cells of the top level: rows {@code from} to {@code to} of the selection, or of the column. */
    void writeRows(Column column, int @Nullable [] selection, int from, int to) {
        for (int i = from; i < to; i++) {
            write(column, selection == null ? i : selection[i], 0, 0);
        }
    }

    /** Throws for a NULL where none may be. */
    final void checkNull(Column column, int row) {
        if (!nullable && column.isNull(row)) {
            throw new MillraceException(
                    ErrorCode.NULL_NOT_ALLOWED, "column '" + path + "' is NULL", "declare it without NOT NULL");
        }
    }

    final boolean mayBeWronglyNull(Column column) {
        return !nullable && column.nulls() != null;
    }

    /** Returns a queue of the store's writers in the order of the leaves. */
    static Deque<ColumnWriter> writers(MessageType schema, ColumnWriteStore store) {
        Deque<ColumnWriter> writers = new ArrayDeque<>();
        schema.getColumns().forEach(column -> writers.add(store.getColumnWriter(column)));
        return writers;
    }
}
