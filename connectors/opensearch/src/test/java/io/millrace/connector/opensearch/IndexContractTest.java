package io.millrace.connector.opensearch;

import io.millrace.format.json.JsonFormat;
import io.millrace.spi.connector.ReceiverFactory;
import io.millrace.spi.format.RecordFormat;
import io.millrace.testing.connector.SearchServer;
import io.millrace.testing.contract.RowReceiverContract;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Indexes as receivers. */
class IndexContractTest extends RowReceiverContract {

    private SearchServer server;

    @BeforeEach
    void start() throws IOException {
        server = new SearchServer(1 << 20);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    protected ReceiverFactory factory() {
        return new IndexFactory();
    }

    @Override
    protected String url() {
        return server.url("quakes");
    }

    @Override
    protected Map<String, String> options() {
        return Map.of("key", "name");
    }

    @Override
    protected RecordFormat json() {
        return new JsonFormat();
    }

    @Override
    protected List<Long> taken() {
        return server.documents("quakes").values().stream()
                .map(document -> Long.valueOf(document.replaceAll("\\D*(\\d+).*", "$1")))
                .toList();
    }

    @Override
    protected List<? extends @Nullable Object> poison() {
        return Arrays.asList(2L, null);
    }
}
