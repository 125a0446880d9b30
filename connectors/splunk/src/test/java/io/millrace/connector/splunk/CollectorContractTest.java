package io.millrace.connector.splunk;

import io.millrace.format.json.JsonFormat;
import io.millrace.spi.connector.ReceiverFactory;
import io.millrace.spi.format.RecordFormat;
import io.millrace.testing.connector.SplunkServer;
import io.millrace.testing.contract.RowReceiverContract;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Event collectors as receivers. */
class CollectorContractTest extends RowReceiverContract {

    private SplunkServer server;

    @BeforeEach
    void start() throws IOException {
        server = new SplunkServer(2_000);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    protected ReceiverFactory factory() {
        return new CollectorFactory();
    }

    @Override
    protected String url() {
        return server.url();
    }

    @Override
    protected Map<String, String> options() {
        return Map.of("token", "token");
    }

    @Override
    protected RecordFormat json() {
        return new JsonFormat();
    }

    @Override
    protected List<Long> taken() {
        return server.indexed().stream()
                .map(event -> Long.valueOf(event.replaceAll(".*\"id\":(\\d+).*", "$1")))
                .toList();
    }

    @Override
    protected List<? extends @Nullable Object> poison() {
        return List.of(2L, "x".repeat(5_000));
    }

    @Override
    protected boolean knowsRows() {
        return false;
    }
}
