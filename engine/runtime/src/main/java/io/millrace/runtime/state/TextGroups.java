package io.millrace.runtime.state;

import io.millrace.spi.row.ByteDictionary;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Groups by one column of text or bytes; keys are compared where they lie. */
final class TextGroups extends ByteKeys {

    private final int column;
    private int nullGroup = NO_GROUP;
    private int[] keyStarts = {};
    private int[] keyEnds = {};

    /** The dictionary that rows were last of, and the groups of its values, so far as they are known. */
    private @Nullable ByteDictionary dictionary;

    private int[] groupOfCode = {};

    TextGroups(int column) {
        this.column = column;
    }

    @Override
    public void find(GroupedRows rows) {
        find(rows, (BytesColumn) rows.column(column));
    }

    @Override
    public void find(GroupedRows rows, int[] columns) {
        find(rows, (BytesColumn) rows.column(columns[0]));
    }

    @Override
    public void lookup(GroupedRows rows, int[] columns) {
        BytesColumn values = (BytesColumn) rows.column(columns[0]);
        if (values.nulls() == null) {
            gather(rows, values);
            lookup(values.data(), keyStarts, keyEnds, rows.count(), rows.groups());
            return;
        }
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            rows.groups()[i] =
                    values.isNull(row) ? nullGroup : lookup(values.data(), values.starts()[row], values.ends()[row]);
        }
    }

    private void find(GroupedRows rows, BytesColumn values) {
        ByteDictionary of = values.dictionary();
        if (of != null && (of == dictionary || of.size() <= rows.count())) {
            find(rows, values, of);
            return;
        }
        if (values.nulls() == null) {
            gather(rows, values);
            find(values.data(), keyStarts, keyEnds, rows.count(), rows.groups());
            return;
        }
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            rows.groups()[i] =
                    values.isNull(row) ? ofNull() : find(values.data(), values.starts()[row], values.ends()[row]);
        }
    }

    /** A value of a dictionary is looked for once, however many rows have it. */
    private void find(GroupedRows rows, BytesColumn values, ByteDictionary of) {
        int[] known = groups(of);
        int[] codes = values.codes();
        boolean[] nulls = values.nulls();
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            if (nulls != null && nulls[row]) {
                rows.groups()[i] = ofNull();
                continue;
            }
            int code = codes[row];
            int group = known[code];
            if (group == NO_GROUP) {
                group = find(of.data(), of.start(code), of.end(code));
                known[code] = group;
            }
            rows.groups()[i] = group;
        }
    }

    private int[] groups(ByteDictionary of) {
        if (of != dictionary) {
            if (groupOfCode.length < of.size()) {
                groupOfCode = new int[of.size()];
            }
            Arrays.fill(groupOfCode, NO_GROUP);
            dictionary = of;
        }
        return groupOfCode;
    }

    private void gather(GroupedRows rows, BytesColumn values) {
        int count = rows.count();
        if (keyStarts.length < count) {
            keyStarts = new int[count];
            keyEnds = new int[count];
        }
        int[] numbers = rows.rows();
        int[] starts = values.starts();
        int[] ends = values.ends();
        for (int i = 0; i < count; i++) {
            keyStarts[i] = starts[numbers[i]];
            keyEnds[i] = ends[numbers[i]];
        }
    }

    private int ofNull() {
        if (nullGroup == NO_GROUP) {
            nullGroup = newGroup();
        }
        return nullGroup;
    }

    @Override
    public int find(GroupTable other, int otherGroup) {
        TextGroups groups = (TextGroups) other;
        return otherGroup == groups.nullGroup
                ? ofNull()
                : find(groups.data(), groups.start(otherGroup), groups.end(otherGroup));
    }

    @Override
    public void writeKey(int group, RowBatch out, int row) {
        BytesColumn target = (BytesColumn) out.column(0);
        if (group == nullGroup) {
            target.setNull(row);
        } else {
            target.clearNull(row);
            target.append(row, data(), start(group), end(group));
        }
    }

    @Override
    boolean hashed(int group) {
        return group != nullGroup;
    }

    @Override
    void forgetKey(int group) {
        dictionary = null;
        if (group == nullGroup) {
            nullGroup = NO_GROUP;
        } else {
            super.forgetKey(group);
        }
    }

    @Override
    void saveKey(int group, StateWriter out) {
        out.writeBoolean(group == nullGroup);
        if (group != nullGroup) {
            super.saveKey(group, out);
        }
    }

    @Override
    void loadKey(int group, StateReader in) {
        dictionary = null;
        if (in.readBoolean()) {
            nullGroup = group;
        } else {
            super.loadKey(group, in);
        }
    }
}
