package io.millrace.format.arrow;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;

/**
 * The cells of one field that wait to be written, in Arrow's layout. A tree of them mirrors the type.
 *
 * <p>Where a cell is NULL, or what holds it, its place has zeros: nothing of what the column happens to have there gets
 * out.
 */
abstract sealed class Vector permits FixedVector, BooleanVector, BytesVector, ListVector, RowVector {

    private final String path;
    private final boolean nullable;
    private final Validity validity = new Validity();
    private int[] present = {};
    private int count;

    Vector(String path, boolean nullable) {
        this.path = path;
        this.nullable = nullable;
    }

    static Vector of(Field field, String prefix) {
        return of(field.type(), field.nullable(), prefix + field.name());
    }

    private static Vector of(DataType type, boolean nullable, String path) {
        return switch (type) {
            case RowType t -> new RowVector(path, nullable, fields(t, path + "."));
            case ArrayType t -> new ListVector(path, nullable, of(t.element(), t.elementNullable(), path + "[]"));
            case MapType t ->
                new ListVector(path, nullable, new RowVector(path + "[]", false, fields(t.entry(), path + "[].")));
            default -> flat(type, nullable, path);
        };
    }

    private static Vector flat(DataType type, boolean nullable, String path) {
        return switch (type.storage()) {
            case BOOLEAN -> new BooleanVector(path, nullable);
            case INT ->
                type instanceof IntegerType t && t.bits() < 32
                        ? new FixedVector.NarrowInts(path, nullable, t.bits() / 8)
                        : new FixedVector.Ints(path, nullable);
            case LONG ->
                type instanceof DecimalType
                        ? new FixedVector.SmallDecimals(path, nullable)
                        : new FixedVector.Longs(path, nullable);
            case FLOAT -> new FixedVector.Floats(path, nullable);
            case DOUBLE -> new FixedVector.Doubles(path, nullable);
            case DECIMAL128 -> new FixedVector.Decimals(path, nullable);
            case BYTES -> new BytesVector(path, nullable);
            case ARRAY, ROW -> throw new IllegalArgumentException("not flat: " + type);
        };
    }

    static Vector[] fields(RowType type, String prefix) {
        return type.fields().stream().map(field -> of(field, prefix)).toArray(Vector[]::new);
    }

    /** Returns how many cells wait. */
    final int count() {
        return count;
    }

    /** Appends the cells of rows {@code from} to {@code to}. */
    final void append(Column column, int from, int to) {
        count += to - from;
        if (anyNull(column, from, to)) {
            int[] rows = present(to - from);
            for (int i = from; i < to; i++) {
                rows[i - from] = column.isNull(i) ? -1 : i;
            }
            mark(rows, 0, to - from);
            appendRows(column, rows, 0, to - from);
        } else {
            validity.append(to - from);
            appendRange(column, from, to);
        }
    }

    /** Appends the cells of these rows; a row below 0 stands for a cell whose holder is NULL. */
    final void append(Column column, int[] rows, int from, int to) {
        count += to - from;
        int[] chosen = present(to - from);
        for (int i = from; i < to; i++) {
            chosen[i - from] = rows[i] >= 0 && column.isNull(rows[i]) ? -1 : rows[i];
        }
        mark(chosen, 0, to - from);
        appendRows(column, chosen, 0, to - from);
    }

    private static boolean anyNull(Column column, int from, int to) {
        boolean[] nulls = column.nulls();
        if (nulls != null) {
            for (int i = from; i < Math.min(to, nulls.length); i++) {
                if (nulls[i]) {
                    return true;
                }
            }
        }
        return false;
    }

    private int[] present(int rows) {
        if (present.length < rows) {
            present = new int[Math.max(rows, 2 * present.length)];
        }
        return present;
    }

    private void mark(int[] rows, int from, int to) {
        if (nullable) {
            validity.append(rows, from, to);
        } else {
            // Only the holder can be NULL here, and says so itself.
            validity.append(to - from);
        }
    }

    /** Appends the values of rows that are all there. */
    abstract void appendRange(Column column, int from, int to);

    /** Appends the values of these rows, zeros for a row below 0. */
    abstract void appendRows(Column column, int[] rows, int from, int to);

    /** Hands what waits over to a message: this vector, then those inside it. */
    final void collect(BatchMessage message) {
        message.node(count, validity.nullCount());
        message.buffer(validity.buffer());
        collectValues(message);
    }

    abstract void collectValues(BatchMessage message);

    /** Returns about how many bytes wait. */
    final long bytes() {
        return validity.buffer().length() + valueBytes();
    }

    abstract long valueBytes();

    final void clear() {
        count = 0;
        validity.clear();
        clearValues();
    }

    abstract void clearValues();

    /** Throws where a value has no form in the file, before anything of it is appended. */
    void check(Column column, int row) {
        if (!nullable && column.isNull(row)) {
            throw new MillraceException(
                    ErrorCode.NULL_NOT_ALLOWED, "column '" + path + "' is NULL", "declare it without NOT NULL");
        }
    }

    /** Returns whether {@link #check} can find anything in the column. */
    boolean mayRefuse(Column column) {
        return !nullable && column.nulls() != null;
    }
}
