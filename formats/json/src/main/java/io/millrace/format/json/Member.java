package io.millrace.format.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A member of an object as it has occurred: the bytes from the end of the value before to the start of its
 * own, {@code ,"price":} with any blanks, and what its value is for.
 */
final class Member {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Where the value goes, or null where it is skipped. */
    final @Nullable Slot slot;
    /** What is taken from inside the value, or null. */
    final @Nullable Branch branch;
    /** Whether the key has exactly the slot's name. */
    final boolean exactly;
    /** How many bytes the lead-in has. */
    final int length;
    /** The member that followed when this one last occurred. */
    @Nullable
    Member next;

    private final byte[] lead;
    private final long firstWord;
    private final long firstMask;
    private final long lastWord;

    Member(byte[] lead, @Nullable Slot slot, @Nullable Branch branch, boolean exactly) {
        this.lead = lead;
        this.length = lead.length;
        this.slot = slot;
        this.branch = branch;
        this.exactly = exactly;
        this.firstMask = length >= 8 ? -1L : (1L << (8 * length)) - 1;
        this.firstWord = word(Arrays.copyOf(lead, Math.max(8, length)), 0);
        this.lastWord = length >= 8 ? word(lead, length - 8) : 0;
    }

    /** Returns a member that stands before the first of an object. */
    static Member head() {
        return new Member(new byte[0], null, null, false);
    }

    private static long word(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /** Tells whether these bytes lie here, where the record goes on for at least as long. */
    boolean matches(byte[] data, int at, int end) {
        if (at + length > end || at + 8 > data.length || ((word(data, at) ^ firstWord) & firstMask) != 0) {
            return false;
        }
        if (length <= 8) {
            return true;
        }
        for (int i = 8; i < length - 8; i += 8) {
            if (word(data, at + i) != word(lead, i)) {
                return false;
            }
        }
        return word(data, at + length - 8) == lastWord;
    }

    int hash() {
        return MemberTable.hash(lead, 0, length);
    }

    boolean isLead(byte[] data, int from, int to) {
        return Arrays.equals(lead, 0, length, data, from, to);
    }
}
