package io.millrace.testing.connector;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;

/**
 * A server in memory that speaks MongoDB's protocol. Whoever starts one has {@code mongo-java-server} and MongoDB's driver
 * among its dependencies.
 */
public final class DocumentServer implements AutoCloseable {

    private static final String DATABASE = "market";

    private final MongoServer server = new MongoServer(new MemoryBackend());

    /** Starts one on a free port of loopback. */
    public DocumentServer() {
        server.bind();
    }

    /** Returns the URL of its database. */
    public String url() {
        return server.getConnectionString() + "/" + DATABASE;
    }

    /** Returns the documents of a collection, as JSON. */
    public List<String> documents(String collection) {
        try (MongoClient client = MongoClients.create(url())) {
            List<String> documents = new ArrayList<>();
            for (Document document :
                    client.getDatabase(DATABASE).getCollection(collection).find()) {
                documents.add(document.toJson());
            }
            return documents;
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
