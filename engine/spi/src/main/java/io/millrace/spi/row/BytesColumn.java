package io.millrace.spi.row;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A column of {@link io.millrace.spi.type.Storage#BYTES} values: each row is a slice of one shared
 * byte array.
 *
 * <pre>
 *   data    │ g o o g │ i b m │ ? ? │ o r c l │
 *   starts  0 ────────┘ 4 ────┘       9
 *   ends              4         7               13
 * </pre>
 *
 * <p>Slices may lie in any order, overlap and leave gaps: a decoder points into the payloads it was
 * given ({@link #share}) and copies nothing. A column either shares an array that it must not write,
 * or appends to one of its own.
 *
 * <p>A column that keeps very many values appends to several arrays of its own ({@link #inBlocks}): it may hold more than
 * 2 GiB, and does not copy what it has when it grows. Each value lies in one of them.
 */
public final class BytesColumn extends Column {

    private static final byte[] NONE = {};

    private byte[] data = NONE;
    private boolean shared = true;
    private int used;
    private int[] starts;
    private int[] ends;
    private @Nullable ByteBlocks blocks;
    private char[] blockOf = {};
    private @Nullable ByteDictionary dictionary;
    private int[] codes = {};

    public BytesColumn(int capacity) {
        this.starts = new int[capacity];
        this.ends = new int[capacity];
    }

    /**
     * Returns a column for very many values, which are appended one by one and never shared. A row that is set again takes
     * the place of its old value where that has room for the new one.
     */
    public static BytesColumn inBlocks(int capacity) {
        BytesColumn column = new BytesColumn(capacity);
        column.blocks = new ByteBlocks();
        column.blockOf = new char[capacity];
        column.shared = false;
        return column;
    }

    /**
     * Returns the bytes that the rows are slices of. Another array after the column has grown.
     *
     * @throws IllegalStateException where they lie in several arrays
     */
    public byte[] data() {
        if (blocks == null) {
            return data;
        }
        if (blocks.several()) {
            throw new IllegalStateException("the values lie in several arrays");
        }
        return blocks.block(0);
    }

    /** Returns the bytes that this row is a slice of. */
    public byte[] data(int row) {
        return blocks == null ? data : blocks.block(blockOf[row]);
    }

    /** Returns whether the rows are slices of several arrays. */
    public boolean inSeveral() {
        return blocks != null && blocks.several();
    }

    /** Returns whether more than half of the bytes of a column in blocks, and so many at least, are of no row any more. */
    public boolean mostlyWasted(int least) {
        return blocks != null && blocks.mostlyWasted(least);
    }

    /** Returns where in {@link #data()} each row's value starts. */
    public int[] starts() {
        return starts;
    }

    /** Returns where in {@link #data()} each row's value ends, exclusive. */
    public int[] ends() {
        return ends;
    }

    public int length(int row) {
        return ends[row] - starts[row];
    }

    /**
     * Makes all rows slices of this array, which the column only reads. Rows set before are void;
     * {@link #slice} sets the new ones.
     */
    public void share(byte[] bytes) {
        onlyWhole();
        data = bytes;
        shared = true;
        used = bytes.length;
        dictionary = null;
    }

    /**
     * Makes rows values of a dictionary, whose bytes all rows are slices of then.
     *
     * @param places the place of each row's value, by row; kept, not copied
     * @param from the first of the rows
     */
    public void share(ByteDictionary of, int[] places, int from, int count) {
        share(of.data());
        for (int row = from; row < from + count; row++) {
            int place = places[row];
            starts[row] = of.start(place);
            ends[row] = of.end(place);
        }
        dictionary = of;
        codes = places;
    }

    /** Returns the dictionary that the values are of, or null where they are of none. */
    public @Nullable ByteDictionary dictionary() {
        return dictionary;
    }

    /** Returns the place of each row's value in the dictionary; of no meaning where the row is NULL or there is none. */
    public int[] codes() {
        return codes;
    }

    /** Sets a row to a slice of the shared {@link #data()}. */
    public void slice(int row, int start, int end) {
        starts[row] = start;
        ends[row] = end;
    }

    /** Sets a row to a copy of these bytes, appended to the column's own array. */
    public void append(int row, byte[] source, int start, int end) {
        int length = end - start;
        if (blocks != null) {
            set(blocks, row, source, start, length);
            return;
        }
        int at = reserve(length);
        System.arraycopy(source, start, data, at, length);
        starts[row] = at;
        ends[row] = at + length;
    }

    public void append(int row, byte[] value) {
        append(row, value, 0, value.length);
    }

    /** Sets a row to the UTF-8 form of the text. */
    public void append(int row, String text) {
        append(row, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Makes room for so many bytes at the end of the column's own array and returns where it starts.
     * The caller writes them into {@link #data()} and sets the row with {@link #slice}. Bytes of a
     * shared array that earlier rows refer to are copied first.
     */
    public int reserve(int length) {
        onlyWhole();
        dictionary = null;
        int at = used;
        long needed = (long) at + length;
        if (needed > Integer.MAX_VALUE - 8) {
            throw new OutOfMemoryError("a column of a batch holds at most 2 GiB");
        }
        if (shared || needed > data.length) {
            long doubled = Math.min(Math.max(64, Math.max(needed, 2L * at)), Integer.MAX_VALUE - 8);
            data = Arrays.copyOf(data, (int) doubled);
            shared = false;
        }
        used = (int) needed;
        return at;
    }

    private void onlyWhole() {
        if (blocks != null) {
            throw new IllegalStateException("a column in blocks is only appended to");
        }
    }

    private void set(ByteBlocks own, int row, byte[] source, int start, int length) {
        int room = ByteBlocks.room(length(row));
        int needed = ByteBlocks.room(length);
        if (room > 0 && needed <= room) {
            System.arraycopy(source, start, own.block(blockOf[row]), starts[row], length);
            own.waste(room - needed);
        } else {
            own.waste(room);
            starts[row] = own.add(source, start, length);
            blockOf[row] = (char) own.lastBlock();
        }
        ends[row] = starts[row] + length;
    }

    /**
     * Copies the values of the rows below {@code rows} out of a shared array into one of the column's own, so
     * that {@link #reserve} need not copy all of what is shared. Those rows must have been set, or be NULL.
     */
    public void detach(int rows) {
        if (!shared) {
            return;
        }
        byte[] source = data;
        dictionary = null;
        data = new byte[64];
        shared = false;
        used = 0;
        for (int row = 0; row < rows; row++) {
            if (!isNull(row)) {
                append(row, source, starts[row], ends[row]);
            }
        }
    }

    /** Returns a copy of the row's bytes. */
    public byte[] get(int row) {
        return Arrays.copyOfRange(data(row), starts[row], ends[row]);
    }

    /** Returns the row's value read as UTF-8. */
    public String text(int row) {
        return new String(data(row), starts[row], ends[row] - starts[row], StandardCharsets.UTF_8);
    }

    @Override
    public int capacity() {
        return starts.length;
    }

    @Override
    Column sameArrays() {
        BytesColumn view = new BytesColumn(0);
        view.data = data;
        view.used = used;
        view.starts = starts;
        view.ends = ends;
        view.blocks = blocks;
        view.blockOf = blockOf;
        return view;
    }

    @Override
    void grow(int newCapacity) {
        starts = Arrays.copyOf(starts, newCapacity);
        ends = Arrays.copyOf(ends, newCapacity);
        if (blocks != null) {
            blockOf = Arrays.copyOf(blockOf, newCapacity);
        }
    }

    @Override
    public void clear() {
        super.clear();
        dictionary = null;
        used = 0;
        if (blocks != null) {
            blocks.clear();
            Arrays.fill(starts, 0);
            Arrays.fill(ends, 0);
        }
        if (shared) {
            data = NONE;
        }
    }

    @Override
    public void copyFrom(Column source, int sourceRow, int row) {
        if (!copyNull(source, sourceRow, row)) {
            BytesColumn other = (BytesColumn) source;
            append(row, other.data(sourceRow), other.starts[sourceRow], other.ends[sourceRow]);
        }
    }
}
