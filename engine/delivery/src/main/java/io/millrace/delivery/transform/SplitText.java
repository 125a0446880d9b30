package io.millrace.delivery.transform;

import java.util.Arrays;

/** Takes apart records that are several, with a delimiter between them or behind each. Empty ones are left out. */
final class SplitText implements RecordProcessor {

    private final byte[] delimiter;

    SplitText(byte[] delimiter) {
        this.delimiter = delimiter;
    }

    @Override
    public void process(DeliveryRecord record, ProcessedRecords out) {
        byte[] data = record.data();
        int from = 0;
        for (int at = next(data, 0); at >= 0; at = next(data, from)) {
            add(record, from, at, out);
            from = at + delimiter.length;
        }
        add(record, from, data.length, out);
    }

    private static void add(DeliveryRecord record, int from, int to, ProcessedRecords out) {
        if (to > from) {
            out.add(record.withData(Arrays.copyOfRange(record.data(), from, to)));
        }
    }

    private int next(byte[] data, int from) {
        for (int at = from; at <= data.length - delimiter.length; at++) {
            if (Arrays.equals(data, at, at + delimiter.length, delimiter, 0, delimiter.length)) {
                return at;
            }
        }
        return -1;
    }
}
