package io.millrace.connector.iceberg;

import io.millrace.spi.connector.TableSetup;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SessionCatalog.SessionContext;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.HTTPClient;
import org.apache.iceberg.rest.RESTSessionCatalog;
import org.apache.iceberg.rest.RESTUtil;

/**
 * A catalog, and the stores of the tables in it.
 *
 * @param catalog where tables are looked up
 * @param files the stores
 * @param connection what is closed with it
 */
record OpenCatalog(Catalog catalog, StoreFileIO files, Closeable connection) implements AutoCloseable {

    /** How long another process may hold a catalog in SQLite before a call fails. */
    private static final String BUSY_MILLIS = "30000";

    static OpenCatalog open(IcebergSettings settings, TableSetup setup) throws IOException {
        StoreFileIO files = new StoreFileIO(setup.stores(), false);
        Path file = settings.catalogFile();
        if (file != null && file.getParent() != null) {
            Files.createDirectories(file.getParent());
        }
        return open(settings, files, true);
    }

    /**
     * Opens a catalog in which nothing is made.
     *
     * @throws MillraceException {@code UNDEFINED_NAME} where it is a file that is not there
     */
    static OpenCatalog openToRead(IcebergSettings settings, StoreFileIO files) {
        Path file = settings.catalogFile();
        if (file != null && !Files.isRegularFile(file)) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_NAME,
                    "there is no catalog " + file,
                    "say where it is: warehouse, catalog, catalog_uri");
        }
        return open(settings, files, false);
    }

    private static OpenCatalog open(IcebergSettings settings, StoreFileIO files, boolean makes) {
        return switch (settings.kind()) {
            case SQLITE, POSTGRESQL -> database(settings, files, makes);
            case REST -> rest(settings, files);
        };
    }

    private static OpenCatalog database(IcebergSettings settings, StoreFileIO files, boolean makes) {
        Path file = settings.catalogFile();
        Map<String, String> properties = properties(settings);
        if (makes) {
            properties.put("jdbc.schema-version", "V1");
        }
        if (file != null) {
            properties.put("jdbc.busy_timeout", BUSY_MILLIS);
        }
        if (settings.user() != null) {
            properties.put("jdbc.user", settings.user());
        }
        if (settings.password() != null) {
            properties.put("jdbc.password", settings.password());
        }
        JdbcCatalog catalog = new JdbcCatalog(ignored -> files, null, makes);
        catalog.initialize(settings.catalogName(), properties);
        return new OpenCatalog(catalog, files, catalog);
    }

    private static OpenCatalog rest(IcebergSettings settings, StoreFileIO files) {
        Map<String, String> properties = properties(settings);
        properties.put("rest-metrics-reporting-enabled", "false");
        if (settings.token() != null) {
            properties.put("token", settings.token());
        }
        if (settings.credential() != null) {
            properties.put("credential", settings.credential());
        }
        RESTSessionCatalog catalog = new RESTSessionCatalog(
                config -> HTTPClient.builder(config)
                        .uri(config.get(CatalogProperties.URI))
                        .withHeaders(RESTUtil.configHeaders(config))
                        .build(),
                (context, config) -> files);
        catalog.initialize(settings.catalogName(), properties);
        return new OpenCatalog(catalog.asCatalog(SessionContext.createEmpty()), files, catalog);
    }

    private static Map<String, String> properties(IcebergSettings settings) {
        Map<String, String> properties = new TreeMap<>();
        properties.put(CatalogProperties.URI, settings.catalogUri());
        if (settings.warehouse() != null) {
            properties.put(CatalogProperties.WAREHOUSE_LOCATION, settings.warehouse());
        }
        return properties;
    }

    /** Makes the namespace, and those it lies in, where they are missing. */
    void createNamespace(Namespace namespace) {
        if (!(catalog instanceof SupportsNamespaces namespaces)) {
            return;
        }
        for (int length = 1; length <= namespace.length(); length++) {
            Namespace part = Namespace.of(Arrays.copyOf(namespace.levels(), length));
            try {
                if (!namespaces.namespaceExists(part)) {
                    namespaces.createNamespace(part);
                }
            } catch (AlreadyExistsException e) {
                // Somebody else was faster, which is as good.
            }
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            files.close();
        }
    }
}
