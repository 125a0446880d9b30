package io.millrace.connector.jdbc;

import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.ObjectStore;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a sender has staged in an epoch, and what it left there in those that are over. For one thread at a time. */
final class StagedFiles implements AutoCloseable {

    private static final Pattern EPOCH = Pattern.compile("(\\d{1,18})/");

    private final LoadSettings settings;
    private final ObjectStore store;
    private final String folder;
    private final String own;
    private final long epoch;
    private boolean swept;

    StagedFiles(LoadSettings settings, String sender, long epoch) {
        this.settings = settings;
        this.store = settings.store().get();
        this.folder = sender + "/";
        this.own = folder + epoch + "/";
        this.epoch = epoch;
    }

    StagedFile of(BatchName name) {
        return new StagedFile(store, settings, own, name);
    }

    /**
     * Deletes what was staged of a batch, and once what lies there of epochs that are over: no load of theirs can come
     * through any more. What lies there of later ones is another's, who has the delivery by now.
     */
    void forget(BatchName name) throws IOException {
        of(name).delete();
        if (!swept) {
            for (String left : store.list(folder)) {
                if (isOver(left.substring(folder.length()))) {
                    store.delete(left);
                }
            }
            swept = true;
        }
    }

    private boolean isOver(String name) {
        Matcher of = EPOCH.matcher(name);
        return !of.lookingAt() || Long.parseLong(of.group(1)) < epoch;
    }

    void cancel() {
        store.cancel();
    }

    @Override
    public void close() {
        store.close();
    }
}
