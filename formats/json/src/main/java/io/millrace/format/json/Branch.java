package io.millrace.format.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A place on the way of a path option: what is taken from the value there, and from inside it. */
final class Branch {

    private final List<Slot> slots = new ArrayList<>();
    private final Map<String, Branch> members = new HashMap<>();
    private final Map<Integer, Branch> elements = new HashMap<>();
    private @Nullable ObjectReader object;

    /** Adds a column that has this path from here. */
    void add(List<Object> path, Slot slot) {
        if (path.isEmpty()) {
            slots.add(slot);
            return;
        }
        Branch next = path.get(0) instanceof Integer index
                ? elements.computeIfAbsent(index, i -> new Branch())
                : members.computeIfAbsent((String) path.get(0), key -> new Branch());
        next.add(path.subList(1, path.size()), slot);
    }

    Map<String, Branch> members() {
        return members;
    }

    /** Reads the value that starts here into the slots of this branch and of those beyond. */
    int read(JsonScanner in, RowSlots row, int at, int rowNumber) {
        int next = -1;
        if (!members.isEmpty() && in.byteAt(at) == '{') {
            next = objectReader(row).read(in, at, rowNumber);
        } else if (!elements.isEmpty() && in.byteAt(at) == '[') {
            next = readElements(in, row, at, rowNumber);
        }
        for (Slot slot : slots) {
            next = row.read(in, slot, true, at, rowNumber);
        }
        return next < 0 ? in.skip(at) : next;
    }

    private ObjectReader objectReader(RowSlots row) {
        if (object == null) {
            object = new ObjectReader(row, false, new ColumnNames(), members);
        }
        return object;
    }

    private int readElements(JsonScanner in, RowSlots row, int from, int rowNumber) {
        in.enter(from);
        int at = in.whitespace(from + 1);
        if (in.byteAt(at) != ']') {
            at = readElement(in, row, 0, at, rowNumber);
            int index = 1;
            for (at = in.whitespace(at); in.byteAt(at) == ','; at = in.whitespace(at)) {
                at = readElement(in, row, index++, in.whitespace(at + 1), rowNumber);
            }
        }
        in.leave();
        return in.expect(at, ']', "after an array's last value");
    }

    private int readElement(JsonScanner in, RowSlots row, int index, int at, int rowNumber) {
        Branch branch = elements.get(index);
        return branch == null ? in.skip(at) : branch.read(in, row, at, rowNumber);
    }
}
