package io.millrace.delivery.spool;

import io.millrace.delivery.ErrorRecord;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.connector.StagedObject;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records beside their destination: those that it does not have, with the reason, or all.
 *
 * <pre>
 *   failed/‹batch id›.json      one object a record, as Data Firehose writes them
 *   all/‹batch id›              rows as text, each with a newline, or records as they came
 * </pre>
 *
 * <p>unless {@link BackupNames} say otherwise.
 */
final class Backup implements AutoCloseable {

    private final SpoolSettings settings;
    private final @Nullable ObjectStore store;

    Backup(SpoolSettings settings) {
        this.settings = settings;
        this.store = settings.backup();
    }

    /** Files are named after the batch, so that one that is kept again takes its own place. */
    void keep(String id, SpoolBatch batch, List<Undelivered> undelivered) throws IOException {
        if (store != null && settings.backsUpAll()) {
            write(store, settings.names().all(id, batch, settings.clock()), out -> writeAll(batch, out));
        }
        if (undelivered.isEmpty()) {
            return;
        }
        if (store != null) {
            Instant now = settings.clock().instant();
            write(store, settings.names().failed(id, batch, settings.clock()), out -> {
                for (Undelivered record : undelivered) {
                    out.write(line(record, now));
                }
            });
        }
        undelivered.forEach(record -> settings.rejected().accept(entry(record)));
    }

    private byte[] line(Undelivered record, Instant now) {
        RejectedEntry entry = entry(record);
        return record.name().isEmpty()
                ? ErrorRecord.line(entry, record.attempts(), now)
                : ErrorRecord.line(entry, record.attempts(), now, record.name(), record.members());
    }

    private RejectedEntry entry(Undelivered record) {
        return new RejectedEntry(
                settings.stream(),
                record.place(),
                record.code(),
                record.reason(),
                record.data(),
                record.rowtimeMicros());
    }

    private void writeAll(SpoolBatch batch, OutputStream out) throws IOException {
        for (int i = 0; i < batch.count(); i++) {
            out.write(batch.data(i));
            if (settings.delimited()) {
                out.write('\n');
            }
        }
    }

    /** Writes a file's bytes. */
    private interface Content {
        void write(OutputStream out) throws IOException;
    }

    private void write(ObjectStore to, String name, Content content) throws IOException {
        if (to.list(name).contains(name)) {
            return;
        }
        try (StagedObject file = to.stage(name)) {
            try (OutputStream out = settings.names().compression().onto(file.out(), name)) {
                content.write(out);
            }
            file.seal();
        }
        to.publish(name);
    }

    void cancel() {
        if (store != null) {
            store.cancel();
        }
    }

    @Override
    public void close() {
        if (store != null) {
            store.close();
        }
    }
}
