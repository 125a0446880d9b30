package io.millrace.connector.opensearch;

import io.millrace.spi.Options;
import io.millrace.spi.connector.ReceiverSetup;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where documents go, and how.
 *
 * @param server {@code http://host:port}
 * @param index the index, or what the indexes' names begin with
 * @param rotation {@code index_rotation}: how often another index begins
 * @param delivery the delivery's name, a part of ids
 * @param key {@code key}: place of the column that is the document's id; -1 where the row's origin is
 * @param ids {@code document_id}: whether documents have ids of ours, or whatever the index gives them
 * @param authorization the header's value, empty for none
 * @param timeout {@code request_timeout}
 */
record IndexSettings(
        URI server,
        String index,
        IndexRotation rotation,
        String delivery,
        int key,
        boolean ids,
        String authorization,
        Duration timeout) {

    static final List<String> NAMES =
            List.of("key", "document_id", "index_rotation", "user", "password", "api_key", "request_timeout");

    /** What an index may be called, without what is only allowed for those of the server's own. */
    private static final Pattern INDEX = Pattern.compile("[^-_+.A-Z\\\\/*?\"<>| ,#:][^A-Z\\\\/*?\"<>| ,#:]{0,199}");

    static IndexSettings of(ReceiverSetup setup) {
        Options options = setup.options();
        options.refuseOthers(NAMES.toArray(String[]::new));
        URI location = setup.location();
        String path = String.valueOf(location.getPath());
        String index = path.startsWith("/") ? path.substring(1) : path;
        if (location.getHost() == null
                || location.getUserInfo() != null
                || !INDEX.matcher(index).matches()) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the URL of delivery '" + setup.delivery() + "' names no index",
                    "write it like 'opensearch+https://host:9200/index', the index in lower case; user, password and"
                            + " api_key are options");
        }
        return new IndexSettings(
                server(location),
                index,
                IndexRotation.of(options.get("index_rotation", "NoRotation")),
                setup.delivery(),
                setup.keyColumn("name one column; where several make the id, deliver a query that puts them together"),
                ids(options),
                authorization(options),
                options.getDuration("request_timeout", Duration.ofMinutes(1)));
    }

    private static URI server(URI location) {
        String scheme = location.getScheme().substring(location.getScheme().indexOf('+') + 1);
        return URI.create(scheme + "://" + location.getRawAuthority());
    }

    private static boolean ids(Options options) {
        String ids = options.get("document_id", "row");
        return switch (ids.toLowerCase(Locale.ROOT)) {
            case "row" -> true;
            case "none" -> {
                if (options.has("key")) {
                    throw Options.invalid("document_id", ids, "row, or no key");
                }
                yield false;
            }
            default -> throw Options.invalid("document_id", ids, "row or none");
        };
    }

    private static String authorization(Options options) {
        if (options.has("api_key")) {
            return "ApiKey " + printable("api_key", options.get("api_key", ""));
        }
        if (options.has("user")) {
            String pair = options.get("user", "") + ":" + options.get("password", "");
            return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        }
        return "";
    }

    private static String printable(String option, String value) {
        if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw Options.invalid(option, value, "printable characters");
        }
        return value;
    }

    /** Leaves out what nobody should see. */
    @Override
    public String toString() {
        return server + "/" + index;
    }
}
