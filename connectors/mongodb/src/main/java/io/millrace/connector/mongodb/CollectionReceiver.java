package io.millrace.connector.mongodb;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.BreakableCalls;
import io.millrace.spi.connector.RowReceiver;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonMaximumSizeExceededException;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** A collection. The driver keeps its connections, and finds the servers again behind a failure. */
final class CollectionReceiver implements RowReceiver {

    /**
     * Codes of what is wrong with a document and always will be: a bad value, a field's name, what the collection's rules
     * refuse, an id or unique value that is taken, a key too long, a document too large.
     */
    private static final Set<Integer> ROW = Set.of(2, 28, 52, 57, 121, 10334, 11000, 11001, 17280, 17419, 17420);

    private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

    private final CollectionSettings settings;
    private final RowDocuments documents;
    private final BreakableCalls calls;
    private @Nullable MongoClient client;

    CollectionReceiver(CollectionSettings settings, RowDocuments documents) {
        this.settings = settings;
        this.documents = documents;
        this.calls = new BreakableCalls(settings.toString());
    }

    /** A document, and the row it is made of. */
    private record Made(int row, Document document) {}

    /** What talks to the server. */
    private interface Talk {
        void talk(MongoCollection<Document> collection);
    }

    @Override
    public void check() throws IOException {
        talk(collection -> collection.find().limit(1).first());
    }

    @Override
    public List<Refusal> receive(BatchName name, RowBatch rows) throws IOException {
        List<Refusal> refusals = new ArrayList<>();
        // Of rows with one id the last counts; in a bulk write without order nobody knows which would be it.
        Map<Object, Made> byId = new LinkedHashMap<>();
        for (int row = 0; row < rows.size(); row++) {
            try {
                Document document = documents.of(name, rows, row);
                byId.put(document.get("_id"), new Made(row, document));
            } catch (RowFailure e) {
                refusals.add(new Refusal(row, e.code(), e.reason()));
            }
        }
        List<Made> all = new ArrayList<>(byId.values());
        if (!all.isEmpty()) {
            talk(collection -> write(collection, all, refusals));
        }
        return refusals;
    }

    private void write(MongoCollection<Document> collection, List<Made> all, List<Refusal> refusals) {
        try {
            collection.bulkWrite(
                    all.stream()
                            .map(made -> new ReplaceOneModel<>(
                                    new Document("_id", made.document.get("_id")), made.document, UPSERT))
                            .toList(),
                    new BulkWriteOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            if (e.getWriteConcernError() != null
                    || e.getWriteErrors().stream().anyMatch(error -> !ROW.contains(error.getCode()))) {
                throw e;
            }
            for (BulkWriteError error : e.getWriteErrors()) {
                refusals.add(new Refusal(all.get(error.getIndex()).row, ErrorCode.INVALID_VALUE, error.getMessage()));
            }
        } catch (BsonMaximumSizeExceededException e) {
            if (all.size() == 1) {
                refusals.add(new Refusal(all.getFirst().row, ErrorCode.LIMIT_EXCEEDED, String.valueOf(e.getMessage())));
            } else {
                all.forEach(one -> write(collection, List.of(one), refusals));
            }
        }
    }

    private void talk(Talk talk) throws IOException {
        try {
            MongoClient open = client;
            if (open == null) {
                open = MongoClients.create(settings.client());
                client = open;
            }
            MongoCollection<Document> collection =
                    open.getDatabase(settings.database()).getCollection(settings.collection());
            calls.run(() -> {
                talk.talk(collection);
                return settings;
            });
        } catch (MongoInterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while " + settings + " had not answered");
        } catch (MillraceException e) {
            throw calls.stopped(e);
        } catch (MongoException e) {
            throw new IOException(settings + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void cancel() {
        calls.cancel();
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
            client = null;
        }
    }

    @Override
    public String toString() {
        return settings.toString();
    }
}
