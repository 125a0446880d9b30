package io.millrace.server.command;

import io.millrace.spi.log.RecordBatch;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads lines as bytes, whatever their encoding, and puts each as a record. Empty lines are left out. */
final class LineRecords {

    private final RecordWriter writer;
    private final Progress progress;
    private final @Nullable String key;
    private final RecordBatch batch = new RecordBatch();
    private long bytes;
    private long count;

    private LineRecords(@Nullable String key, RecordWriter writer, Progress progress) {
        this.key = key;
        this.writer = writer;
        this.progress = progress;
    }

    /** Puts all lines but the first {@code skip}; returns how many. */
    static long put(InputStream in, long skip, @Nullable String key, RecordWriter writer, Progress progress)
            throws IOException {
        LineRecords records = new LineRecords(key, writer, progress);
        records.read(new BufferedInputStream(in, 1 << 16), skip);
        return records.count;
    }

    private void read(InputStream in, long skip) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long lines = 0;
        while (true) {
            int next = in.read();
            if (next != '\n' && next >= 0) {
                line.write(next);
                continue;
            }
            if (line.size() > 0 && lines++ >= skip) {
                add(withoutReturn(line.toByteArray()));
            }
            line.reset();
            if (next < 0) {
                flush();
                return;
            }
            // Lines that come slowly are put as they come.
            if (in.available() == 0) {
                flush();
            }
        }
    }

    private static byte[] withoutReturn(byte[] line) {
        boolean ends = line[line.length - 1] == '\r';
        return ends ? java.util.Arrays.copyOf(line, line.length - 1) : line;
    }

    private void add(byte[] record) {
        String recordKey = key == null ? Long.toHexString(count * 0x9E3779B97F4A7C15L) : key;
        batch.add(recordKey.getBytes(StandardCharsets.UTF_8), record);
        bytes += record.length;
        count++;
        if (batch.size() == RecordWriter.BATCH_RECORDS_MAX || bytes >= RecordWriter.BATCH_BYTES_MAX) {
            flush();
        }
    }

    private void flush() {
        if (batch.size() > 0) {
            writer.put(batch);
            progress.at(count);
            batch.clear();
            bytes = 0;
        }
    }
}
