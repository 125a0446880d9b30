package io.millrace.spi.row;

import java.util.Arrays;
import java.util.Objects;

/**
 * Bytes of very many values that are kept: an array as long as there are few, several of growing length afterwards, so
 * that nothing is copied when more come. A value lies in one of them.
 *
 * <p>Each value has room for the next multiple of eight bytes, so that one of about its length may take its place.
 */
final class ByteBlocks {

    /** Up to here there is one array, which grows: who reads the values need not ask which. */
    private static final int ALONE_MAX = 1 << 20;

    /** Most bytes of an array where no value is longer; with its head it is as long as whole regions of the heap are. */
    private static final int BLOCK_MAX = (8 << 20) - 32;

    private static final int BLOCKS_MOST = Character.MAX_VALUE;
    private static final int ROOM = 8;

    private byte[][] blocks = {new byte[0]};
    private byte[] last = blocks[0];
    private int count = 1;
    private int used;
    private long taken;
    private long wasted;

    /** Returns the room that a value of this length has. */
    static int room(int length) {
        return (length + ROOM - 1) & -ROOM;
    }

    /** Adds a value and returns where in the last array it starts. */
    int add(byte[] source, int start, int length) {
        int room = room(length);
        if (room > last.length - used) {
            makeRoom(room);
        }
        int at = used;
        System.arraycopy(source, start, last, at, length);
        used += room;
        taken += room;
        return at;
    }

    /** Notes that nobody needs so many bytes any more. */
    void waste(int bytes) {
        wasted += bytes;
    }

    /** Makes the only array longer while it is short, and begins another one otherwise. */
    private void makeRoom(int room) {
        if (count == 1 && (long) used + room <= ALONE_MAX) {
            last = Arrays.copyOf(last, Math.min(ALONE_MAX, Math.max(64, Math.max(used + room, 2 * used))));
        } else {
            if (count == BLOCKS_MOST) {
                throw new OutOfMemoryError("a column that is kept holds at most 512 GiB");
            }
            if (count == blocks.length) {
                blocks = Arrays.copyOf(blocks, 2 * count);
            }
            long half = Math.min(BLOCK_MAX, Math.max(ALONE_MAX, taken / 2));
            last = new byte[(int) Math.max(half, room)];
            used = 0;
            count++;
        }
        blocks[count - 1] = last;
    }

    int lastBlock() {
        return count - 1;
    }

    byte[] block(int number) {
        return Objects.requireNonNull(blocks[number]);
    }

    boolean several() {
        return count > 1;
    }

    /** Returns whether more than half of the bytes taken, and so many at least, are of no value any more. */
    boolean mostlyWasted(int least) {
        return wasted >= least && wasted > taken / 2;
    }

    /** Forgets all values. */
    void clear() {
        last = blocks[0];
        blocks = new byte[][] {last};
        count = 1;
        used = 0;
        taken = 0;
        wasted = 0;
    }
}
