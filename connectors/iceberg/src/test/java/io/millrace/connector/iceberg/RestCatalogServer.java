package io.millrace.connector.iceberg;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.CatalogHandlers;
import org.apache.iceberg.rest.RESTCatalogProperties.SnapshotMode;
import org.apache.iceberg.rest.RESTSerializers;
import org.apache.iceberg.rest.requests.CreateNamespaceRequest;
import org.apache.iceberg.rest.requests.CreateTableRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.responses.ConfigResponse;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.jspecify.annotations.Nullable;

/**
 * A REST catalog over another one, with what a delivery asks of it: Iceberg's own handlers behind a small HTTP server.
 * It wants a bearer token.
 */
final class RestCatalogServer implements AutoCloseable {

    static final String TOKEN = "let-me-in";

    private final JdbcCatalog catalog;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ObjectMapper json = new ObjectMapper();

    /** How many commits to do and then to answer as if they were not known to have come through. */
    private int lostAnswers;

    RestCatalogServer(JdbcCatalog catalog) throws IOException {
        this.catalog = catalog;
        json.setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY);
        json.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
        json.setPropertyNamingStrategy(new PropertyNamingStrategies.KebabCaseStrategy());
        RESTSerializers.registerAll(json);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void loseAnswers(int count) {
        lostAnswers = count;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                    error(exchange, 401, "NotAuthorizedException", "who are you?");
                    return;
                }
                Object answer = answer(exchange);
                if (lostAnswers > 0 && isCommit(exchange)) {
                    lostAnswers--;
                    error(exchange, 503, "ServiceFailureException", "the answer was lost");
                } else {
                    send(exchange, answer == null ? 204 : 200, answer);
                }
            } catch (NoSuchNamespaceException | NoSuchTableException e) {
                error(exchange, 404, e.getClass().getSimpleName(), e.getMessage());
            } catch (AlreadyExistsException | CommitFailedException e) {
                error(exchange, 409, e.getClass().getSimpleName(), e.getMessage());
            } catch (RuntimeException | JsonProcessingException e) {
                error(exchange, 500, e.getClass().getSimpleName(), String.valueOf(e.getMessage()));
            }
        }
    }

    private static boolean isCommit(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("POST")
                && exchange.getRequestURI().getPath().matches(".*/tables/[^/]+");
    }

    private @Nullable Object answer(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        List<String> path =
                List.of(exchange.getRequestURI().getPath().substring(1).split("/"));
        if (path.get(1).equals("config")) {
            return ConfigResponse.builder().build();
        }
        if (path.size() == 2) {
            return CatalogHandlers.createNamespace(catalog, body(exchange, CreateNamespaceRequest.class));
        }
        Namespace namespace = Namespace.of(path.get(2));
        if (path.size() == 3) {
            return CatalogHandlers.loadNamespace(catalog, namespace);
        }
        if (path.size() == 4) {
            return CatalogHandlers.createTable(catalog, namespace, body(exchange, CreateTableRequest.class));
        }
        TableIdentifier table = TableIdentifier.of(namespace, path.get(4));
        return method.equals("POST")
                ? CatalogHandlers.updateTable(catalog, table, body(exchange, UpdateTableRequest.class))
                : CatalogHandlers.loadTable(catalog, table, SnapshotMode.ALL);
    }

    private <T> T body(HttpExchange exchange, Class<T> type) throws IOException {
        return json.readValue(exchange.getRequestBody().readAllBytes(), type);
    }

    private void error(HttpExchange exchange, int status, String type, String message) throws IOException {
        ErrorResponse error = ErrorResponse.builder()
                .responseCode(status)
                .withType(type)
                .withMessage(message)
                .build();
        send(exchange, status, error);
    }

    private void send(HttpExchange exchange, int status, @Nullable Object answer) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = answer == null || exchange.getRequestMethod().equals("HEAD")
                ? new byte[0]
                : json.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        catalog.close();
    }
}
