package io.millrace.connector.mongodb;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.millrace.format.json.JsonFormat;
import io.millrace.spi.connector.ReceiverFactory;
import io.millrace.spi.format.RecordFormat;
import io.millrace.testing.contract.RowReceiverContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Collections as receivers. */
class CollectionContractTest extends RowReceiverContract {

    private MongoServer server;

    @BeforeEach
    void start() {
        server = new MongoServer(new MemoryBackend());
        server.bind();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    @Override
    protected ReceiverFactory factory() {
        return new CollectionFactory();
    }

    @Override
    protected String url() {
        return server.getConnectionString() + "/db";
    }

    @Override
    protected Map<String, String> options() {
        return Map.of("collection", "quakes", "key", "name");
    }

    @Override
    protected RecordFormat json() {
        return new JsonFormat();
    }

    @Override
    protected List<Long> taken() {
        try (MongoClient client = MongoClients.create(server.getConnectionString())) {
            return client.getDatabase("db").getCollection("quakes").find().into(new ArrayList<>()).stream()
                    .map(document -> document.getLong("id"))
                    .toList();
        }
    }

    @Override
    protected List<? extends @Nullable Object> poison() {
        return Arrays.asList(2L, null);
    }
}
