package io.millrace.connector.jdbc;

import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.row.BytesColumn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/**
 * A batch's file in the bucket, and the manifest that names it alone: {@code COPY} without one would load whatever has a
 * key that begins like the file's.
 *
 * <pre>
 *   SENDER/3/FILE-00007.json.gz          one row a line, or records one behind the other
 *   SENDER/3/FILE-00007.manifest         {"entries":[{"url":"s3://…/SENDER/3/FILE-00007.json.gz","mandatory":true}]}
 * </pre>
 *
 * <p>The names are the batch's, so that one which is given again replaces what it staged before. The folder is that of the
 * sender's epoch: another that has not yet heard that its own is over cannot replace what is about to be loaded.
 */
final class StagedFile {

    private final ObjectStore store;
    private final LoadSettings settings;
    private final String file;
    private final String manifest;

    StagedFile(ObjectStore store, LoadSettings settings, String folder, BatchName name) {
        this.store = store;
        this.settings = settings;
        String stem = folder + name.file().replaceFirst("\\.\\w+$", "") + "-%05d".formatted(name.number());
        this.file = stem + (settings.hasColumns() ? ".json" : ".data") + (settings.gzip() ? ".gz" : "");
        this.manifest = stem + ".manifest";
    }

    void write(BytesColumn records, int count) throws IOException {
        store.replace(file, content(records, count));
        String entries = "{\"entries\":[{\"url\":\"" + settings.staging() + "/" + file + "\",\"mandatory\":true}]}\n";
        store.replace(manifest, entries.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] content(BytesColumn records, int count) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = settings.gzip() ? new GZIPOutputStream(bytes) : bytes) {
            for (int i = 0; i < count; i++) {
                out.write(records.data(), records.starts()[i], records.ends()[i] - records.starts()[i]);
                if (settings.hasColumns()) {
                    out.write('\n');
                }
            }
        }
        return bytes.toByteArray();
    }

    /** Returns where the manifest is, as {@code COPY} names it. */
    String url() {
        return settings.staging() + "/" + manifest;
    }

    void delete() throws IOException {
        store.delete(manifest);
        store.delete(file);
    }
}
