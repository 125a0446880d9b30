package io.millrace.format.json;

import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowColumn;

/** The places of one row, and which of them the object being read has filled. */
final class RowSlots {

    private final Slot[] slots;
    private long object;
    private int filled;

    RowSlots(Slot[] slots) {
        this.slots = slots;
    }

    void bind(RowBatch batch, byte[] payload) {
        for (int i = 0; i < slots.length; i++) {
            slots[i].bind(batch.column(i), payload, batch.size());
        }
    }

    void bind(RowColumn column, byte[] payload) {
        for (int i = 0; i < slots.length; i++) {
            slots[i].bind(column.field(i), payload, 0);
        }
    }

    void begin() {
        object++;
        filled = 0;
    }

    /** Reads a value into a slot, unless a key of exactly the name has filled it already. */
    int read(JsonScanner in, Slot slot, boolean exactly, int at, int row) {
        if (!exactly && slot.isSetExactlyBy(object)) {
            return in.skip(at);
        }
        if (!slot.isSetBy(object)) {
            filled++;
        }
        slot.setBy(object, exactly);
        return slot.read(in, at, row);
    }

    /** Sets what has not been filled to NULL. */
    void finish(JsonScanner in, int at, int row) {
        if (filled == slots.length) {
            return;
        }
        for (Slot slot : slots) {
            if (!slot.isSetBy(object)) {
                slot.setNull(in, at, row);
            }
        }
    }
}
