package io.millrace.jdbc.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The cells of one row: slices of the message they came in. Reused from row to row. */
public final class RowData implements Cells {

    private static final int NULL = -1;

    private byte[] bytes = new byte[0];
    private int[] starts = new int[0];
    private int[] lengths = new int[0];

    void read(MessageReader message) {
        int count = message.int16();
        if (starts.length != count) {
            starts = new int[count];
            lengths = new int[count];
        }
        for (int i = 0; i < count; i++) {
            int length = message.int32();
            starts[i] = message.position();
            lengths[i] = length;
            if (length > 0) {
                message.skip(length);
            }
        }
        bytes = message.body();
    }

    @Override
    public boolean isNull(int column) {
        return lengths[column] == NULL;
    }

    @Override
    public @Nullable String text(int column) {
        return isNull(column) ? null : new String(bytes, starts[column], lengths[column], StandardCharsets.UTF_8);
    }
}
