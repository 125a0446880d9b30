package io.millrace.format.json;

import org.jspecify.annotations.Nullable;

/**
 * The members that an object's reader has met, by their bytes. It stops learning when it is full, so that
 * keys without end (ids used as keys) cost time and no memory.
 */
final class MemberTable {

    static final int MEMBERS_MAX = 512;
    static final int LEAD_BYTES_MAX = 256;

    private static final int SLOTS = 4 * MEMBERS_MAX;

    private @Nullable Member[] members = new @Nullable Member[16];
    private int size;

    @Nullable
    Member find(byte[] data, int from, int to) {
        int mask = members.length - 1;
        for (int i = hash(data, from, to) & mask; ; i = (i + 1) & mask) {
            Member member = members[i];
            if (member == null || member.isLead(data, from, to)) {
                return member;
            }
        }
    }

    /** Keeps a member that was not found, if there is room; tells whether it did. */
    boolean add(Member member, byte[] data, int from, int to) {
        if (size == MEMBERS_MAX || to - from > LEAD_BYTES_MAX) {
            return false;
        }
        if (members.length == 16 && size == 4) {
            spread();
        }
        int mask = members.length - 1;
        int i = hash(data, from, to) & mask;
        while (members[i] != null) {
            i = (i + 1) & mask;
        }
        members[i] = member;
        size++;
        return true;
    }

    private void spread() {
        @Nullable Member[] few = members;
        members = new @Nullable Member[SLOTS];
        for (Member member : few) {
            if (member != null) {
                int i = member.hash() & (SLOTS - 1);
                while (members[i] != null) {
                    i = (i + 1) & (SLOTS - 1);
                }
                members[i] = member;
            }
        }
    }

    static int hash(byte[] data, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + data[i];
        }
        return hash ^ (hash >>> 15);
    }
}
