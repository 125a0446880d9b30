package io.millrace.delivery.transform;

import io.millrace.spi.Options;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery says of the function that transforms its records.
 *
 * @param url {@code transform}: where it is; null where it is the name of a function in Java
 * @param name what reports call it: {@code transform_name}, as a rule the URL without user and query, or the
 *     function's name
 * @param arn {@code transform_arn}: how the function is told the delivery, whose name it is as a rule
 * @param batchBytes {@code transform_bytes}: about how many bytes of records a call has; 1 MB as a rule
 * @param waitMax {@code transform_interval}: how long records wait for others to be called with; as a rule 1 s,
 *     and no time for a function in Java
 * @param retries {@code transform_retries}: how often a call that failed is made again before its records have failed;
 *     -1 for ever
 * @param timeout {@code transform_timeout}: how long a call may take; 5 minutes as a rule
 */
record FunctionSettings(
        @Nullable URI url, String name, String arn, long batchBytes, Duration waitMax, int retries, Duration timeout) {

    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    static final String URL = "transform";
    static final String NAME = "transform_name";
    static final String ARN = "transform_arn";
    static final String BYTES = "transform_bytes";
    static final String INTERVAL = "transform_interval";
    static final String RETRIES = "transform_retries";
    static final String TIMEOUT = "transform_timeout";

    private static final String EXPECTED =
            "the URL of a function, such as 'http://127.0.0.1:9000/clean', or the name of one in Java";

    private static final int RETRIES_DEFAULT = 3;
    private static final int RETRIES_MAX = 300;
    /** What Lambda takes in one call, and what base64 and names make of it. */
    private static final long BYTES_MAX = 4L << 20;

    private static final Duration WAIT_MAX = Duration.ofMinutes(15);
    private static final Duration TIMEOUT_MAX = Duration.ofMinutes(15);

    /** @param hasErrorPlace whether records that failed are kept somewhere; else it is tried for ever */
    static FunctionSettings from(Options options, String delivery, boolean hasErrorPlace) {
        String place = options.get(URL, "");
        URI url = isName(place) ? null : location(place);
        long bytes = options.getBytes(BYTES, 1L << 20);
        if (bytes < 1 || bytes > BYTES_MAX) {
            throw Options.invalid(BYTES, options.get(BYTES, ""), "a size from 1 byte to 4 MB");
        }
        boolean counts = hasErrorPlace || options.has(RETRIES);
        return new FunctionSettings(
                url,
                options.get(NAME, url == null ? place : withoutSecrets(url)),
                options.get(ARN, delivery),
                bytes,
                time(options, INTERVAL, url == null ? Duration.ZERO : Duration.ofSeconds(1), WAIT_MAX),
                counts ? (int) options.getLong(RETRIES, RETRIES_DEFAULT, 0, RETRIES_MAX) : -1,
                time(options, TIMEOUT, Duration.ofMinutes(5), TIMEOUT_MAX));
    }

    /** Returns whether {@code transform} is the name of a function, and not an URL. */
    static boolean isName(String place) {
        return !place.isEmpty() && place.indexOf(':') < 0 && place.indexOf('/') < 0;
    }

    /** Returns the time of a call in seconds, as messages have it. */
    String timeoutSeconds() {
        long millis = timeout.toMillis();
        return millis % 1000 == 0 ? String.valueOf(millis / 1000) : String.valueOf(millis / 1000.0);
    }

    private static Duration time(Options options, String name, Duration otherwise, Duration max) {
        Duration time = options.getDuration(name, otherwise);
        if (time.isNegative() || time.compareTo(max) > 0) {
            throw Options.invalid(name, options.get(name, ""), "a time of at most " + max.toMinutes() + " min");
        }
        return time;
    }

    /** Returns an URL without what may be a key in it: a user, a query, a fragment. It is shown, and stands in files. */
    private static String withoutSecrets(URI full) {
        String port = full.getPort() < 0 ? "" : ":" + full.getPort();
        String path = full.getRawPath() == null ? "" : full.getRawPath();
        return full.getScheme() + "://" + full.getHost() + port + path;
    }

    private static URI location(String url) {
        try {
            URI location = new URI(url);
            String scheme = String.valueOf(location.getScheme());
            if ((scheme.equals("http") || scheme.equals("https")) && location.getHost() != null) {
                return location;
            }
        } catch (URISyntaxException e) {
            throw Options.invalid(URL, url, EXPECTED);
        }
        throw Options.invalid(URL, url, EXPECTED);
    }
}
