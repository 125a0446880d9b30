package io.millrace.connector.kafka;

import io.millrace.connector.kafka.TopicSession.ReplacedException;
import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.BreakableCalls;
import io.millrace.spi.connector.RowReceiver;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** A topic. It connects with the first batch, and anew behind each failure. */
final class TopicReceiver implements RowReceiver {

    private final String sender;
    private final TopicSettings settings;
    private final RowRecords records;
    private final BreakableCalls calls;
    private @Nullable TopicSession session;
    private @Nullable ReplacedException replaced;
    private long life;

    TopicReceiver(String sender, TopicSettings settings, RowRecords records) {
        this.sender = sender;
        this.settings = settings;
        this.records = records;
        this.calls = new BreakableCalls(settings.toString());
    }

    @Override
    public boolean exactlyOnce() {
        return true;
    }

    /** What talks to Kafka. */
    private interface Talk<T> {
        T talk() throws IOException, ExecutionException, InterruptedException;
    }

    @Override
    public void check() throws IOException {
        try {
            talk(() -> {
                TopicSession.check(settings);
                records.prepare();
                return settings;
            });
        } catch (IOException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new MillraceException(
                        ErrorCode.INVALID_ARGUMENT,
                        "there is no topic '" + settings.topic() + "' at " + settings.servers(),
                        "create it first",
                        e);
            }
            throw e;
        }
    }

    @Override
    public List<Refusal> receive(BatchName name, RowBatch rows) throws IOException {
        if (replaced != null) {
            // Not even asked again: to ask is to end the transactions of whoever took over.
            throw replaced;
        }
        boolean done = false;
        try {
            List<Refusal> refusals = talk(() -> session().send(name, records.of(rows)));
            done = true;
            return refusals;
        } catch (ReplacedException e) {
            replaced = e;
            throw e;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private TopicSession session() throws IOException, ExecutionException, InterruptedException {
        TopicSession open = session;
        if (open == null) {
            open = TopicSession.open(sender, settings, life);
            life = open.life();
            session = open;
        }
        return open;
    }

    private <T> T talk(Talk<T> talk) throws IOException {
        try {
            return calls.run(() -> failing(talk));
        } catch (MillraceException e) {
            throw calls.stopped(e);
        }
    }

    private <T> T failing(Talk<T> talk) throws IOException {
        try {
            return talk.talk();
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while " + settings + " had not answered");
        } catch (ExecutionException e) {
            Throwable reason = Objects.requireNonNullElse(e.getCause(), e);
            throw new IOException(settings + ": " + reason.getMessage(), reason);
        } catch (KafkaException e) {
            Throwable reason = e.getCause() instanceof KafkaException cause ? cause : e;
            throw new IOException(settings + ": " + reason.getMessage(), reason);
        }
    }

    @Override
    public void cancel() {
        calls.cancel();
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    @Override
    public String toString() {
        return settings.toString();
    }
}
