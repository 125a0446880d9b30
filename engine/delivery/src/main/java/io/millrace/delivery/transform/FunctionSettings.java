package io.millrace.delivery.transform;

import io.millrace.spi.Options;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * What a delivery says of the function that transforms its records.
 *
 * @param url {@code transform}: where it is
 * @param name what reports call it: {@code transform_name}, as a rule the URL without user and query
 * @param arn {@code transform_arn}: how the function is told the delivery, whose name it is as a rule
 * @param batchBytes {@code transform_bytes}: about how many bytes of records a call has; 1 MB as a rule
 * @param waitMax {@code transform_interval}: how long records wait for others to be called with; 1 s as a rule
 * @param retries {@code transform_retries}: how often a call that failed is made again before its records have failed;
 *     -1 for ever
 * @param timeout {@code transform_timeout}: how long a call may take; 5 minutes as a rule
 */
record FunctionSettings(
        URI url, String name, String arn, long batchBytes, Duration waitMax, int retries, Duration timeout) {

    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    static final String URL = "transform";
    static final String NAME = "transform_name";
    static final String ARN = "transform_arn";
    static final String BYTES = "transform_bytes";
    static final String INTERVAL = "transform_interval";
    static final String RETRIES = "transform_retries";
    static final String TIMEOUT = "transform_timeout";

    private static final int RETRIES_DEFAULT = 3;
    private static final int RETRIES_MAX = 300;
    /** What Lambda takes in one call, and what base64 and names make of it. */
    private static final long BYTES_MAX = 4L << 20;

    private static final Duration WAIT_MAX = Duration.ofMinutes(15);
    private static final Duration TIMEOUT_MAX = Duration.ofMinutes(15);

    /** @param hasErrorPlace whether records that failed are kept somewhere; else it is tried for ever */
    static FunctionSettings from(Options options, String delivery, boolean hasErrorPlace) {
        String url = options.get(URL, "");
        long bytes = options.getBytes(BYTES, 1L << 20);
        if (bytes < 1 || bytes > BYTES_MAX) {
            throw Options.invalid(BYTES, options.get(BYTES, ""), "a size from 1 byte to 4 MB");
        }
        boolean counts = hasErrorPlace || options.has(RETRIES);
        return new FunctionSettings(
                location(url),
                options.get(NAME, withoutSecrets(url)),
                options.get(ARN, delivery),
                bytes,
                time(options, INTERVAL, Duration.ofSeconds(1), WAIT_MAX),
                counts ? (int) options.getLong(RETRIES, RETRIES_DEFAULT, 0, RETRIES_MAX) : -1,
                time(options, TIMEOUT, Duration.ofMinutes(5), TIMEOUT_MAX));
    }

    private static Duration time(Options options, String name, Duration otherwise, Duration max) {
        Duration time = options.getDuration(name, otherwise);
        if (time.isNegative() || time.compareTo(max) > 0) {
            throw Options.invalid(name, options.get(name, ""), "a time of at most " + max.toMinutes() + " min");
        }
        return time;
    }

    /** Returns an URL without what may be a key in it: a user, a query, a fragment. It is shown, and stands in files. */
    private static String withoutSecrets(String url) {
        URI full = location(url);
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
            throw Options.invalid(URL, url, "the URL of a function, such as 'http://127.0.0.1:9000/clean'");
        }
        throw Options.invalid(URL, url, "the URL of a function, such as 'http://127.0.0.1:9000/clean'");
    }
}
