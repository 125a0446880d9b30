package io.millrace.spi.log;

import io.millrace.spi.row.BytesColumn;

/** Raw records to append to one shard, in order. Reusable after the append has returned. */
public final class RecordBatch {

    private final BytesColumn partitionKeys = new BytesColumn(16);
    private final BytesColumn payloads = new BytesColumn(16);
    private int size;

    /** Adds a copy of a record. The partition key is UTF-8. */
    public RecordBatch add(byte[] partitionKey, byte[] payload) {
        return add(partitionKey, 0, partitionKey.length, payload, 0, payload.length);
    }

    /** Adds a copy of a record given as slices. */
    public RecordBatch add(
            byte[] partitionKey, int keyStart, int keyEnd, byte[] payload, int payloadStart, int payloadEnd) {
        partitionKeys.ensureCapacity(size + 1);
        payloads.ensureCapacity(size + 1);
        partitionKeys.append(size, partitionKey, keyStart, keyEnd);
        payloads.append(size, payload, payloadStart, payloadEnd);
        size++;
        return this;
    }

    public int size() {
        return size;
    }

    public BytesColumn partitionKeys() {
        return partitionKeys;
    }

    public BytesColumn payloads() {
        return payloads;
    }

    public void clear() {
        partitionKeys.clear();
        payloads.clear();
        size = 0;
    }
}
