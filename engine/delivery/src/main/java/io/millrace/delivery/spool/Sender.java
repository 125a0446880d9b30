package io.millrace.delivery.spool;

import io.millrace.spi.connector.Receiver;
import io.millrace.spi.connector.Receiver.Refusal;
import io.millrace.spi.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sends files batch by batch and goes on at the batch that failed. For one thread at a time. */
final class Sender implements AutoCloseable {

    private final Receiver receiver;
    private final SpoolSettings settings;
    private final Backup backup;
    private String name = "";
    private int sent;
    private int attempts;
    private @Nullable Instant firstFailure;

    Sender(Receiver receiver, SpoolSettings settings) {
        this.receiver = receiver;
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
        try (SpoolReader reader = new SpoolReader(bytes, receiver.recordsMax(), receiver.bytesMax())) {
            int number = 0;
            for (SpoolBatch batch = reader.next(); batch != null; batch = reader.next()) {
                if (number++ >= sent) {
                    send(number - 1, batch);
                    sent = number;
                    delivered();
                }
            }
        }
    }

    private void send(int number, SpoolBatch batch) throws IOException {
        String id = UUID.nameUUIDFromBytes((name + "#" + number).getBytes(StandardCharsets.UTF_8))
                .toString();
        List<Undelivered> undelivered = new ArrayList<>();
        for (Refusal refusal : answer(id, batch)) {
            undelivered.add(new Undelivered(
                    name + " " + number + ":" + refusal.record(),
                    attempts,
                    refusal.code(),
                    refusal.reason(),
                    batch.records().get(refusal.record()),
                    batch.rowtimeMicros(refusal.record())));
        }
        backup.keep(id, batch, undelivered);
    }

    private List<Refusal> answer(String id, SpoolBatch batch) throws IOException {
        if (batch.bytes() > receiver.bytesMax()) {
            return all(
                    batch,
                    ErrorCode.LIMIT_EXCEEDED,
                    "a record of " + batch.bytes() + " bytes, where the destination takes " + receiver.bytesMax());
        }
        attempts++;
        try {
            return receiver.receive(id, batch.records(), batch.count());
        } catch (IOException e) {
            Duration retryMax = settings.retryMax();
            if (retryMax == null || !isOver(retryMax)) {
                throw e;
            }
            return all(batch, ErrorCode.IO_ERROR, "not taken in " + retryMax.toSeconds() + " s: " + e.getMessage());
        }
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

    private static List<Refusal> all(SpoolBatch batch, ErrorCode code, String reason) {
        List<Refusal> refusals = new ArrayList<>();
        for (int record = 0; record < batch.count(); record++) {
            refusals.add(new Refusal(record, code, reason));
        }
        return refusals;
    }

    @Override
    public void close() {
        receiver.close();
        backup.close();
    }
}
