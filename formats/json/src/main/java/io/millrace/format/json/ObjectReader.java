package io.millrace.format.json;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects of one kind into the slots of a row, expecting each member to be followed by the one that
 * followed it last time.
 */
final class ObjectReader {

    private final RowSlots row;
    private final boolean ownsRow;
    private final ColumnNames names;
    private final Map<String, Branch> branches;
    private final MemberTable members = new MemberTable();
    private final Member head = Member.head();
    /** Where {@link #find} found the member's value to start, or the object to have ended. */
    private int found;

    /**
     * @param row where values go
     * @param ownsRow whether an object is a row, and not a part of one that is read elsewhere
     * @param names the columns by key
     * @param branches what is taken from inside of values, by key
     */
    ObjectReader(RowSlots row, boolean ownsRow, ColumnNames names, Map<String, Branch> branches) {
        this.row = row;
        this.ownsRow = ownsRow;
        this.names = names;
        this.branches = branches;
    }

    /** Reads the object whose brace is at {@code from}. */
    int read(JsonScanner in, int from, int rowNumber) {
        in.enter(from);
        if (ownsRow) {
            row.begin();
        }
        byte[] data = in.data();
        int end = in.end();
        int at = from;
        Member previous = head;
        while (true) {
            Member member = previous.next;
            if (member != null && member.matches(data, at, end)) {
                // Blanks may follow where there were none before; usually there are none and this is one comparison.
                at = in.whitespace(at + member.length);
            } else {
                member = find(in, at, previous);
                at = found;
                if (member == null) {
                    break;
                }
            }
            at = value(in, member, at, rowNumber);
            previous = member;
        }
        if (ownsRow) {
            row.finish(in, from, rowNumber);
        }
        in.leave();
        return at;
    }

    private int value(JsonScanner in, Member member, int at, int rowNumber) {
        Slot slot = member.slot;
        Branch branch = member.branch;
        if (branch != null) {
            int next = branch.read(in, row, at, rowNumber);
            return slot == null ? next : row.read(in, slot, member.exactly, at, rowNumber);
        }
        return slot == null ? in.skip(at) : row.read(in, slot, member.exactly, at, rowNumber);
    }

    /** Returns the member that starts here, or null at the object's end. */
    private @Nullable Member find(JsonScanner in, int from, Member previous) {
        boolean first = previous == head;
        int at = in.whitespace(first ? from + 1 : from);
        if (in.byteAt(at) == '}') {
            found = at + 1;
            return null;
        }
        if (!first) {
            at = in.whitespace(in.expect(at, ',', "or '}' after a value"));
        }
        int keyStart = in.expect(at, '"', "before a key");
        int keyEnd = in.string(keyStart) - 1;
        boolean escaped = in.escaped();
        found = in.whitespace(in.expect(in.whitespace(keyEnd + 1), ':', "after a key"));
        Member member = members.find(in.data(), from, found);
        if (member == null) {
            member = create(in, from, in.text(keyStart, keyEnd, escaped));
            if (!members.add(member, in.data(), from, found)) {
                return member;
            }
        }
        previous.next = member;
        return member;
    }

    private Member create(JsonScanner in, int from, String key) {
        byte[] lead = Arrays.copyOfRange(in.data(), from, found);
        return new Member(lead, names.slot(key), branches.get(key), names.isExact(key));
    }
}
