package io.millrace.delivery.transform;

import java.util.Arrays;
import java.util.List;

/** Puts a text behind each record. */
final class AppendText implements RecordProcessor {

    private final byte[] text;

    AppendText(byte[] text) {
        this.text = text;
    }

    @Override
    public void process(List<DeliveryRecord> records, ProcessedRecords out) {
        for (DeliveryRecord record : records) {
            byte[] data = Arrays.copyOf(record.data(), record.data().length + text.length);
            System.arraycopy(text, 0, data, record.data().length, text.length);
            out.add(record.withData(data));
        }
    }
}
