package io.millrace.connector.kinesis;

import io.millrace.connector.kinesis.RowEntries.Made;
import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.BreakableCalls;
import io.millrace.spi.connector.RowReceiver;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** A stream. */
final class StreamReceiver implements RowReceiver {

    /** What one call may have, of all that was ever allowed the least. */
    private static final int CALL_RECORDS_MAX = 500;

    private static final int CALL_BYTES_MAX = 5 << 20;

    private final StreamSettings settings;
    private final RowEntries entries;
    private final KinesisClient client;
    private final BreakableCalls calls;

    /** The batch of which some records were left, as long as they are. */
    private @Nullable Pending pending;

    private record Pending(BatchName name, List<Made> left, List<Refusal> refusals) {}

    StreamReceiver(StreamSettings settings, RowEntries entries, KinesisClient client) {
        this.settings = settings;
        this.entries = entries;
        this.client = client;
        this.calls = new BreakableCalls(settings.toString());
    }

    @Override
    public void check() throws IOException {
        try {
            calls.run(() -> client.describeStreamSummary(request -> request.streamName(settings.stream())));
        } catch (MillraceException e) {
            throw calls.stopped(e);
        } catch (SdkException e) {
            throw failure(e);
        }
        entries.prepare();
    }

    @Override
    public List<Refusal> receive(BatchName name, RowBatch rows) throws IOException {
        Pending batch = pending;
        if (batch == null || !batch.name.equals(name)) {
            List<Refusal> refusals = new ArrayList<>();
            batch = new Pending(name, new ArrayList<>(entries.of(name, rows, refusals)), refusals);
            pending = batch;
        }
        send(batch.left);
        pending = null;
        return batch.refusals;
    }

    /** Sends records and takes those that were taken out of the list. */
    private void send(List<Made> left) throws IOException {
        String reason = "";
        List<Made> again = new ArrayList<>();
        while (!left.isEmpty()) {
            List<Made> call = left.subList(0, callLength(left));
            List<PutRecordsResultEntry> results = put(call, left, again);
            for (int i = 0; i < results.size(); i++) {
                if (results.get(i).errorCode() != null) {
                    again.add(call.get(i));
                    reason = results.get(i).errorCode() + ", " + results.get(i).errorMessage();
                }
            }
            call.clear();
        }
        left.addAll(again);
        if (!left.isEmpty()) {
            throw new IOException(settings + " left " + left.size() + " records: " + reason);
        }
    }

    private List<PutRecordsResultEntry> put(List<Made> call, List<Made> left, List<Made> again) throws IOException {
        try {
            return calls.run(() -> client.putRecords(request -> request.streamName(settings.stream())
                            .records(call.stream().map(Made::entry).toList()))
                    .records());
        } catch (MillraceException e) {
            left.addAll(again);
            throw calls.stopped(e);
        } catch (SdkException e) {
            // Those that an earlier call left come behind the others: they stay in some order, if not in theirs.
            left.addAll(again);
            throw failure(e);
        }
    }

    private static int callLength(List<Made> records) {
        int bytes = 0;
        int length = 0;
        for (Made made : records) {
            bytes += made.bytes();
            if (length == CALL_RECORDS_MAX || (bytes > CALL_BYTES_MAX && length > 0)) {
                break;
            }
            length++;
        }
        return length;
    }

    private IOException failure(SdkException e) {
        return new IOException(settings + ": " + e.getMessage(), e);
    }

    @Override
    public void cancel() {
        calls.cancel();
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return settings.toString();
    }
}
