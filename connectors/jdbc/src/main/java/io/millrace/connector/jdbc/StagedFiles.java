package io.millrace.connector.jdbc;

import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.ObjectStore;
import java.io.IOException;

/** What a sender has staged in an epoch, and what it left there in those that are over. For one thread at a time. */
final class StagedFiles implements AutoCloseable {

    private final LoadSettings settings;
    private final ObjectStore store;
    private final String folder;
    private final String own;
    private boolean swept;

    StagedFiles(LoadSettings settings, String sender, long epoch) {
        this.settings = settings;
        this.store = settings.store().get();
        this.folder = sender + "/";
        this.own = folder + epoch + "/";
    }

    StagedFile of(BatchName name) {
        return new StagedFile(store, settings, own, name);
    }

    /**
     * Deletes what was staged of a batch, and once what lies there of epochs that are over: no load of theirs can come
     * through any more.
     */
    void forget(BatchName name) throws IOException {
        of(name).delete();
        if (!swept) {
            for (String left : store.list(folder)) {
                if (!left.startsWith(own)) {
                    store.delete(left);
                }
            }
            swept = true;
        }
    }

    void cancel() {
        store.cancel();
    }

    @Override
    public void close() {
        store.close();
    }
}
