package io.millrace.spi.row;

/**
 * The different values of a {@link BytesColumn} whose rows are places among them. It never changes, and two are the same
 * only where they are one object: whoever has found something out about a value may note it by its place.
 */
public final class ByteDictionary {

    private final byte[] data;
    private final int[] starts;
    private final int[] ends;

    /** The arrays are kept: value {@code i} is the slice of {@code data} from {@code starts[i]} to {@code ends[i]}. */
    public ByteDictionary(byte[] data, int[] starts, int[] ends) {
        this.data = data;
        this.starts = starts;
        this.ends = ends;
    }

    /** Returns how many values there are. */
    public int size() {
        return starts.length;
    }

    /** Returns the bytes that the values are slices of. */
    public byte[] data() {
        return data;
    }

    public int start(int place) {
        return starts[place];
    }

    /** Returns where a value ends, exclusive. */
    public int end(int place) {
        return ends[place];
    }
}
