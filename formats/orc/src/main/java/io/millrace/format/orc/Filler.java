package io.millrace.format.orc;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;

/** Copies a field's column into the vector that ORC's writer takes it from, array by array. */
abstract sealed class Filler permits LeafFiller, RowFiller, ArrayFiller, MapFiller {

    private final String path;
    private final boolean nullable;

    Filler(String path, boolean nullable) {
        this.path = path;
        this.nullable = nullable;
    }

    static Filler[] fields(RowType type, String prefix) {
        Filler[] fillers = new Filler[type.size()];
        for (int i = 0; i < fillers.length; i++) {
            Field field = type.field(i);
            fillers[i] = of(field.type(), field.nullable(), prefix + field.name());
        }
        return fillers;
    }

    private static Filler of(DataType type, boolean nullable, String path) {
        return switch (type) {
            case RowType t -> new RowFiller(path, nullable, fields(t, path + "."));
            case ArrayType t ->
                new ArrayFiller(path, nullable, of(t.element(), t.elementNullable(), path + ".element"));
            case MapType t ->
                new MapFiller(
                        path,
                        nullable,
                        of(t.key(), false, path + ".key"),
                        of(t.value(), t.valueNullable(), path + ".value"));
            default -> LeafFiller.of(type, nullable, path);
        };
    }

    final String path() {
        return path;
    }

    /** Sets the vector's places to the rows picked, and returns about how many bytes their values have. */
    abstract long fill(Column column, Picks picks, ColumnVector vector);

    /** Throws where a value has no form in the file, before anything of it is written. */
    abstract void check(Column column, int row);

    /** Returns whether {@link #check} can find anything in the column. */
    abstract boolean mayRefuse(Column column);

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

    /** Makes room for the rows picked, says which are NULL or not there, and returns whether any is. */
    static boolean markNulls(Column column, Picks picks, ColumnVector vector) {
        int count = picks.count();
        vector.ensureSize(count, false);
        vector.isRepeating = false;
        boolean any = false;
        if (column.nulls() != null || picks.gaps()) {
            int[] rows = picks.rows();
            boolean[] isNull = vector.isNull;
            for (int i = 0; i < count; i++) {
                boolean none = rows[i] == Picks.NONE || column.isNull(rows[i]);
                isNull[i] = none;
                any |= none;
            }
        }
        vector.noNulls = !any;
        return any;
    }
}
