package io.millrace.server.aws;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the tables are that Firehose's API names, which knows one catalog only, Glue's: a URL with {@code {database}} and
 * {@code {table}} in it, and options of a delivery behind a question mark, in which {@code {warehouse}} stands for what
 * the API calls {@code WarehouseLocation}.
 *
 * <pre>
 *   iceberg:{database}.{table}?catalog=rest&amp;catalog_uri=http://127.0.0.1:8181/catalog&amp;warehouse={warehouse}
 * </pre>
 */
public final class TableCatalog {

    /** A catalog in each warehouse, which is a folder. */
    public static final TableCatalog IN_WAREHOUSE = of("iceberg:{database}.{table}?warehouse={warehouse}");

    private static final String WAREHOUSE = "{warehouse}";

    private final String url;
    private final Map<String, String> options;

    private TableCatalog(String url, Map<String, String> options) {
        this.url = url;
        this.options = Map.copyOf(options);
    }

    /**
     * Reads a setting.
     *
     * @throws MillraceException {@code INVALID_ARGUMENT}
     */
    public static TableCatalog of(String text) {
        int mark = text.indexOf('?');
        String url = mark < 0 ? text : text.substring(0, mark);
        if (!url.startsWith("iceberg:") || !url.contains("{database}") || !url.contains("{table}")) {
            throw invalid(text);
        }
        Map<String, String> options = new TreeMap<>();
        for (String pair : mark < 0 ? new String[0] : text.substring(mark + 1).split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length < 2 || parts[0].isEmpty()) {
                throw invalid(text);
            }
            options.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return new TableCatalog(url, options);
    }

    private static MillraceException invalid(String text) {
        return new MillraceException(
                ErrorCode.INVALID_ARGUMENT,
                "firehose-tables is '" + text.replaceFirst("\\?.*", "?…") + "'",
                "give a URL such as"
                    + " iceberg:{database}.{table}?catalog=rest&catalog_uri=http://host:8181/catalog&warehouse={warehouse}");
    }

    String url(String database, String table) {
        return url.replace("{database}", database).replace("{table}", table);
    }

    /** Returns the options of a delivery that say where the catalog is. */
    Map<String, String> options(@Nullable String warehouse) {
        Map<String, String> filled = new TreeMap<>();
        options.forEach((name, value) -> {
            if (value.contains(WAREHOUSE) && warehouse == null) {
                throw AwsException.invalidArgument("WarehouseLocation is needed in CatalogConfiguration: where tables"
                        + " lie, unless the server's setting firehose-tables says it.");
            }
            filled.put(name, value.replace(WAREHOUSE, String.valueOf(warehouse)));
        });
        if (!filled.containsKey("catalog") && String.valueOf(warehouse).startsWith("s3:")) {
            throw AwsException.invalidArgument(
                    "Buckets are Amazon's here, and which catalog knows their tables is not said. Start the server"
                        + " with the setting firehose-tables, such as"
                        + " iceberg:{database}.{table}?catalog=rest&catalog_uri=http://host:8181/catalog&warehouse={warehouse}.");
        }
        return filled;
    }
}
