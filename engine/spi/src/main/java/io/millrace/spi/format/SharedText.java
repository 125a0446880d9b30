package io.millrace.spi.format;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Utf8;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.CharacterType;
import java.util.Arrays;

/**
 * Sets the cells of a decoder's text column, without copying where it can. For one thread at a time.
 *
 * <p>The column shares the records' array and holds slices of it until the first value that does not lie
 * there as it is (one with escapes); from there on, and in the next batch from the start, it holds copies. So
 * a stream without escapes copies nothing, and one with them copies values once, never the whole array. CHAR
 * is padded and so always copied.
 *
 * <p>Text given is valid UTF-8. What is longer than the type is refused, not cut: a decoder must not lose
 * data silently.
 */
public final class SharedText {

    private final CharacterType type;
    private final boolean pads;
    private final boolean mayShare;
    private BytesColumn column = new BytesColumn(0);
    private byte[] records = {};
    private boolean sharing;
    private boolean copied;

    /**
     * Makes one for a column.
     *
     * @param mayShare whether all rows below one that is set have been set, or are NULL; not so where the
     *     column is a field of a nested row that may be NULL itself
     */
    public SharedText(CharacterType type, boolean mayShare) {
        this.type = type;
        this.pads = type.fixed() && type.length() != DataType.UNBOUNDED;
        this.mayShare = mayShare && !pads;
    }

    /** Says which column the next values go to, which array they lie in, and how many rows there are already. */
    public void bind(BytesColumn target, byte[] array, int rowsBefore) {
        column = target;
        records = array;
        if (mayShare && rowsBefore == 0 && !copied) {
            column.share(array);
        }
        sharing = mayShare && column.data() == array;
        copied = false;
    }

    /**
     * Sets a cell to a slice of the records' array.
     *
     * @throws RowFailure where it is too long for the type
     */
    public void set(int start, int end, int row) {
        if (end - start > type.length()) {
            checkLength(records, start, end);
        }
        if (sharing) {
            column.slice(row, start, end);
            column.clearNull(row);
        } else {
            append(records, start, end, row);
        }
    }

    /** Sets a cell to a copy of text that lies elsewhere; failures as with {@link #set}. */
    public void copy(byte[] text, int start, int end, int row) {
        copied = true;
        if (sharing) {
            column.detach(row);
            sharing = false;
        }
        if (end - start > type.length()) {
            checkLength(text, start, end);
        }
        append(text, start, end, row);
    }

    private void checkLength(byte[] text, int start, int end) {
        int length = Utf8.codePoints(text, start, end);
        if (length > type.length()) {
            throw new RowFailure(
                    ErrorCode.INVALID_VALUE, "a text of " + length + " characters is too long for " + type);
        }
    }

    private void append(byte[] text, int start, int end, int row) {
        int length = end - start;
        int blanks = pads ? type.length() - Utf8.codePoints(text, start, end) : 0;
        int at = column.reserve(length + blanks);
        System.arraycopy(text, start, column.data(), at, length);
        Arrays.fill(column.data(), at + length, at + length + blanks, (byte) ' ');
        column.slice(row, at, at + length + blanks);
        column.clearNull(row);
    }
}
