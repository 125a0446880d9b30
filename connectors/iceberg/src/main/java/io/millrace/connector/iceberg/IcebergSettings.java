package io.millrace.connector.iceberg;

import io.millrace.spi.Options;
import io.millrace.spi.ShownUrl;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Which table it is, and where the catalog is that knows it.
 *
 * @param table the table's name
 * @param kind {@code catalog}: where it is looked up
 * @param catalogUri {@code catalog_uri}: the database or the server, as its driver wants it
 * @param catalogName {@code catalog_name}: of the catalogs in one database, this one
 * @param user {@code catalog_user}, or null
 * @param password {@code catalog_password}, or null
 * @param token {@code catalog_token}: for a REST catalog, or null
 * @param credential {@code catalog_credential}: likewise, {@code id:secret}, or null
 * @param warehouse {@code warehouse}: the place of new tables, or what a REST catalog calls one; null for none
 * @param partitionBy {@code partition_by}, or null where the table's own partitions stay
 */
record IcebergSettings(
        TableIdentifier table,
        Kind kind,
        String catalogUri,
        String catalogName,
        @Nullable String user,
        @Nullable String password,
        @Nullable String token,
        @Nullable String credential,
        @Nullable String warehouse,
        @Nullable String partitionBy) {

    /** Where a catalog lies. */
    enum Kind {
        SQLITE,
        POSTGRESQL,
        REST
    }

    static final String PARTITION_BY = "partition_by";

    /** What says where a table is. */
    static final List<String> CATALOG_NAMES = List.of(
            "catalog",
            "catalog_uri",
            "catalog_name",
            "catalog_user",
            "catalog_password",
            "catalog_token",
            "catalog_credential",
            "warehouse");

    static final List<String> NAMES =
            Stream.concat(CATALOG_NAMES.stream(), Stream.of(PARTITION_BY)).toList();

    private static final String SQLITE_FILE = "catalog.db";

    static IcebergSettings from(URI location, Options options) {
        Kind kind = kind(options.get("catalog", "sqlite"));
        String warehouse = warehouse(kind, given(options, "warehouse"));
        return new IcebergSettings(
                table(location),
                kind,
                catalogUri(kind, given(options, "catalog_uri"), warehouse),
                options.get("catalog_name", "millrace"),
                given(options, "catalog_user"),
                given(options, "catalog_password"),
                given(options, "catalog_token"),
                given(options, "catalog_credential"),
                warehouse,
                given(options, PARTITION_BY));
    }

    private static @Nullable String given(Options options, String name) {
        return options.has(name) ? options.get(name, "") : null;
    }

    private static Kind kind(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "sqlite" -> Kind.SQLITE;
            case "postgresql" -> Kind.POSTGRESQL;
            case "rest" -> Kind.REST;
            default -> throw Options.invalid("catalog", name, "sqlite, postgresql or rest");
        };
    }

    private static TableIdentifier table(URI location) {
        String name = location.getSchemeSpecificPart().replaceFirst("^/+", "");
        if (!name.matches("[^./]+(\\.[^./]+)+")) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + ShownUrl.of(location.toString()) + "' names no table",
                    "write it like 'iceberg:market.trades': a namespace, a dot and a name");
        }
        return TableIdentifier.parse(name);
    }

    private static @Nullable String warehouse(Kind kind, @Nullable String warehouse) {
        if (kind == Kind.REST) {
            return warehouse;
        }
        if (warehouse == null) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "option 'warehouse' is missing",
                    "say where tables lie: WITH (warehouse = 'file:///lake') or 's3://bucket/lake'");
        }
        URI place = uri("warehouse", warehouse);
        String plain = "file".equals(place.getScheme())
                ? path("warehouse", place).toUri().toString()
                : warehouse;
        return plain.replaceFirst("/+$", "");
    }

    private static String catalogUri(Kind kind, @Nullable String given, @Nullable String warehouse) {
        return switch (kind) {
            case SQLITE -> sqlite(given, String.valueOf(warehouse));
            case POSTGRESQL -> {
                String uri = required(given, "postgresql://host:5432/database");
                yield uri.startsWith("jdbc:") ? uri : "jdbc:" + uri;
            }
            case REST -> required(given, "http://host:8181/catalog");
        };
    }

    private static String required(@Nullable String given, String example) {
        if (given == null) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "option 'catalog_uri' is missing",
                    "say where the catalog is: WITH (catalog_uri = '" + example + "')");
        }
        return given;
    }

    private static String sqlite(@Nullable String given, String warehouse) {
        URI place = uri("catalog_uri", given == null ? warehouse + "/" + SQLITE_FILE : given);
        if (!"file".equals(place.getScheme())) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "a catalog in SQLite is a file of this machine, and '" + ShownUrl.of(place.toString())
                            + "' is none",
                    "say which: WITH (catalog_uri = 'file:///lake/catalog.db')");
        }
        return "jdbc:sqlite:" + path("catalog_uri", place);
    }

    /** Returns the file of a catalog in SQLite, or null. */
    @Nullable
    Path catalogFile() {
        return kind == Kind.SQLITE ? Path.of(catalogUri.substring("jdbc:sqlite:".length())) : null;
    }

    private static URI uri(String option, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw Options.invalid(option, text, "a URL such as 'file:///lake'");
        }
    }

    private static Path path(String option, URI place) {
        try {
            return Path.of(place);
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw Options.invalid(option, place.toString(), "a URL such as 'file:///lake'");
        }
    }
}
