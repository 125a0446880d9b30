package io.millrace.delivery.transform;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Unpacks records of gzip. */
final class Decompression implements RecordProcessor {

    /** Longest record that comes out: few bytes may stand for very many. {@link Gathering} bounds what several become. */
    static final int BYTES_MAX = 64 << 20;

    @Override
    public void process(DeliveryRecord record, ProcessedRecords out) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(record.data()))) {
            byte[] plain = in.readNBytes(BYTES_MAX + 1);
            if (plain.length > BYTES_MAX) {
                out.fail(record, "Decompression.TooLong", "more than " + BYTES_MAX + " bytes when unpacked");
            } else {
                out.add(record.withData(plain));
            }
        } catch (IOException e) {
            out.fail(record, "Decompression.Failed", "no whole gzip: " + e.getMessage());
        }
    }
}
