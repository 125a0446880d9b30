package io.millrace.server.crash;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server of MongoDB's protocol that takes each third write and says that it failed, so that it comes once more: in the
 * same life of its sender, or in the next where that is killed before. Only what has the same id then is there once.
 */
final class ForgetfulDocuments implements AutoCloseable {

    private static final int UNKNOWN_ERROR = 8;
    private static final int FORGETS_EACH = 3;

    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger forgotten = new AtomicInteger();
    private final MongoServer server = new MongoServer(new MemoryBackend() {

        @Override
        public Document handleMessage(MongoMessage message) {
            Document answer = super.handleMessage(message);
            if (message.getDocument().containsKey("update") && writes.getAndIncrement() % FORGETS_EACH == 0) {
                forgotten.incrementAndGet();
                throw new MongoServerError(UNKNOWN_ERROR, "UnknownError", "what was written is forgotten");
            }
            return answer;
        }
    });

    ForgetfulDocuments() {
        server.bind();
    }

    /** Returns the URL of a database. */
    String url() {
        return server.getConnectionString() + "/market";
    }

    /** Returns how many writes were done and said to have failed. */
    int forgotten() {
        return forgotten.get();
    }

    List<String> documents(String collection) {
        try (MongoClient client = MongoClients.create(url())) {
            List<String> documents = new ArrayList<>();
            client.getDatabase("market").getCollection(collection).find().forEach(each -> documents.add(each.toJson()));
            return documents;
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
