package io.millrace.delivery.transform;

import java.util.Arrays;

/** Puts a text behind each record. */
final class AppendText implements RecordProcessor {

    private final byte[] text;

    AppendText(byte[] text) {
        this.text = text;
    }

    @Override
    public void process(DeliveryRecord record, ProcessedRecords out) {
        byte[] data = Arrays.copyOf(record.data(), record.data().length + text.length);
        System.arraycopy(text, 0, data, record.data().length, text.length);
        out.add(record.withData(data));
    }
}
