package io.millrace.delivery.spool;

import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.Receiver;
import io.millrace.spi.connector.Receiver.Refusal;
import io.millrace.spi.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends files batch by batch and goes on at the batch that failed. For one thread at a time, but for {@link #cancel}. */
final class Sender implements AutoCloseable {

    private final Receiver receiver;
    private final Opener opener;
    private final SpoolSettings settings;
    private final Backup backup;
    private String name = "";
    private int sent;
    private int attempts;
    private @Nullable Instant firstFailure;
    private long refused;
    private volatile boolean cancelled;

    /** Reads a file, which is closed with its batches. */
    @FunctionalInterface
    interface Opener {
        SpoolBatches open(InputStream file) throws IOException;
    }

    Sender(Receiver receiver, Opener opener, SpoolSettings settings) {
        this.receiver = receiver;
        this.opener = opener;
        this.settings = settings;
        this.backup = new Backup(settings);
    }

    /**
     * Sends what was not sent yet of a file.
     *
     * @throws IOException where a batch is to be sent again later
     */
    void send(String file, InputStream bytes) throws IOException {
        if (!file.equals(name)) {
            name = file;
            sent = 0;
            delivered();
        }
        try (SpoolBatches batches = opener.open(bytes)) {
            int number = 0;
            for (SpoolBatch batch = batches.next(); batch != null; batch = batches.next()) {
                if (number++ >= sent) {
                    send(number - 1, batch);
                    sent = number;
                    delivered();
                }
            }
        }
    }

    private void send(int number, SpoolBatch batch) throws IOException {
        BatchName batchName = new BatchName(name, number);
        List<Undelivered> undelivered = new ArrayList<>();
        for (Refusal refusal : answer(batchName, batch)) {
            String origin = batch.origin(refusal.record());
            undelivered.add(new Undelivered(
                    origin.isEmpty() ? name + " " + number + ":" + refusal.record() : origin,
                    attempts,
                    refusal.code(),
                    refusal.name(),
                    refusal.reason(),
                    batch.data(refusal.record()),
                    batch.rowtimeMicros(refusal.record()),
                    batch.errorMembers(batchName, refusal.record())));
        }
        backup.keep(batchName.id(), batch, undelivered);
        refused += undelivered.size();
    }

    /** Returns what is not taken, and how Data Firehose calls that. */
    private List<Refusal> answer(BatchName batchName, SpoolBatch batch) throws IOException {
        String excess = batch.excess();
        if (excess != null) {
            return named(all(batch, ErrorCode.LIMIT_EXCEEDED, excess, ""));
        }
        attempts++;
        try {
            return named(batch.send(batchName));
        } catch (IOException e) {
            Duration retryMax = settings.retryMax();
            if (cancelled || retryMax == null || !isOver(retryMax)) {
                throw e;
            }
            String reason = "not taken in " + retryMax.toSeconds() + " s: " + e.getMessage();
            return all(batch, ErrorCode.IO_ERROR, reason, receiver.failureName(e));
        }
    }

    private List<Refusal> named(List<Refusal> refusals) {
        return refusals.stream()
                .map(refusal ->
                        new Refusal(refusal.record(), refusal.code(), refusal.reason(), receiver.failureName(refusal)))
                .toList();
    }

    /** Tells whether the time for retries, which begins with the first failure, is over. */
    private boolean isOver(Duration retryMax) {
        Instant now = settings.clock().instant();
        if (firstFailure == null) {
            firstFailure = now;
        }
        return !now.isBefore(firstFailure.plus(retryMax));
    }

    private void delivered() {
        attempts = 0;
        firstFailure = null;
    }

    private static List<Refusal> all(SpoolBatch batch, ErrorCode code, String reason, String failure) {
        List<Refusal> refusals = new ArrayList<>();
        for (int record = 0; record < batch.count(); record++) {
            refusals.add(new Refusal(record, code, reason, failure));
        }
        return refusals;
    }

    /** Returns how many records went to the backup, or nowhere, in this life. */
    long refused() {
        return refused;
    }

    boolean exactlyOnce() {
        return receiver.exactlyOnce();
    }

    /** Has a batch that is under way fail, to be sent again another time. */
    void cancel() {
        cancelled = true;
        receiver.cancel();
        backup.cancel();
    }

    @Override
    public void close() {
        receiver.close();
        backup.close();
    }
}
