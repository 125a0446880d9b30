package io.millrace.connector.splunk;

import io.millrace.connector.splunk.Collector.Accepted;
import io.millrace.connector.splunk.Collector.Refused;
import io.millrace.connector.splunk.Collector.TooLarge;
import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.RowReceiver;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends batches to a collector and waits until they are indexed. */
final class EventReceiver implements RowReceiver {

    private final EventBody body;
    private final Collector collector;

    /** The batch that was sent last, as long as it is not known to be indexed. */
    private @Nullable Pending pending;

    private record Pending(BatchName name, Deque<Accepted> parts, List<Refusal> refusals) {}

    EventReceiver(EventBody body, Collector collector) {
        this.body = body;
        this.collector = collector;
    }

    @Override
    public void check() throws IOException {
        collector.check();
    }

    @Override
    public List<Refusal> receive(BatchName name, RowBatch rows) throws IOException {
        Pending sent = pending;
        if (sent == null || !sent.name.equals(name)) {
            sent = new Pending(name, new ArrayDeque<>(), new ArrayList<>());
            send(body.events(rows), sent);
            pending = sent;
        }
        awaitIndexed(sent);
        pending = null;
        return sent.refusals;
    }

    /** Sends events; in halves where they are too much, and without those that are refused. */
    private void send(List<EventBody.Event> events, Pending sent) throws IOException {
        if (events.isEmpty()) {
            return;
        }
        switch (collector.send(events)) {
            case Accepted accepted -> {
                if (accepted.ack() >= 0) {
                    sent.parts.add(accepted);
                }
            }
            case TooLarge tooLarge
            when events.size() == 1 ->
                sent.refusals.add(new Refusal(
                        events.getFirst().row(),
                        ErrorCode.LIMIT_EXCEEDED,
                        "an event of " + events.getFirst().bytes().length
                                + " bytes is too large for the collector (413)"));
            case TooLarge tooLarge -> {
                int middle = events.size() / 2;
                send(events.subList(0, middle), sent);
                send(events.subList(middle, events.size()), sent);
            }
            case Refused refused -> {
                EventBody.Event bad = events.get(refused.event());
                sent.refusals.add(new Refusal(bad.row(), ErrorCode.INVALID_VALUE, refused.reason()));
                List<EventBody.Event> others = new ArrayList<>(events);
                others.remove(bad);
                send(others, sent);
            }
        }
    }

    private void awaitIndexed(Pending sent) throws IOException {
        for (Accepted part = sent.parts.peek(); part != null; part = sent.parts.peek()) {
            if (!collector.isIndexed(part.ack())) {
                if (!collector.clock().instant().isBefore(part.until())) {
                    pending = null;
                    throw new SplunkException(
                            "AckTimeout", collector + " did not acknowledge in time; the batch is sent again", null);
                }
                throw new SplunkException("AckTimeout", collector + " has not acknowledged yet", null);
            }
            sent.parts.remove();
        }
    }

    @Override
    public String failureName(Refusal refusal) {
        return "Splunk.InvalidDataFormat";
    }

    @Override
    public String failureName(IOException failure) {
        return SplunkException.name(failure);
    }

    @Override
    public Map<String, Object> errorMembers(BatchName name, RowBatch rows, int row) {
        RowOrigins origins = rows.origins();
        String position = origins == null ? "" : origins.position(row);
        return Map.of("EventId", RowOrigins.sequence(position) + "." + RowOrigins.part(position));
    }

    @Override
    public void cancel() {
        collector.cancel();
    }

    @Override
    public void close() {
        collector.close();
    }

    @Override
    public String toString() {
        return collector.toString();
    }
}
