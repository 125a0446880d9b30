package io.millrace.runtime.state;

import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;

/** Groups by columns of any types: a key is its cells as bytes, one after the other. */
final class EncodedGroups extends ByteKeys {

    private final int[] columns;
    private final RowType keyType;
    private final KeyEncoder encoder = new KeyEncoder();

    EncodedGroups(int[] columns, RowType keyType) {
        this.columns = columns;
        this.keyType = keyType;
    }

    @Override
    public void find(GroupedRows rows) {
        find(rows, columns);
    }

    @Override
    public void find(GroupedRows rows, int[] from) {
        encoder.encode(rows, from);
        find(encoder.data(), encoder.starts(), encoder.ends(), rows.count(), rows.groups());
    }

    @Override
    public void lookup(GroupedRows rows, int[] from) {
        encoder.encode(rows, from);
        lookup(encoder.data(), encoder.starts(), encoder.ends(), rows.count(), rows.groups());
    }

    @Override
    public int find(GroupTable other, int otherGroup) {
        EncodedGroups groups = (EncodedGroups) other;
        return find(groups.data(), groups.start(otherGroup), groups.end(otherGroup));
    }

    @Override
    public void writeKey(int group, RowBatch out, int row) {
        StateReader key = new StateReader(data(), start(group), end(group));
        for (int i = 0; i < keyType.size(); i++) {
            ValueCodec.read(key, out.column(i), row);
        }
    }
}
