package io.millrace.sql.catalog;

import io.millrace.spi.Options;
import io.millrace.spi.ShownUrl;
import org.jspecify.annotations.Nullable;

/**
 * A delivery: the rows of a stream or of a query, put into a destination.
 *
 * @param source name of the stream it delivers, or null where it delivers a query
 * @param query the query it delivers, or null where it delivers a stream
 * @param url the destination, such as {@code file:///lake/trades}
 * @param options what its {@code WITH} says: {@code format} and the format's own, {@code roll_bytes}, {@code
 *     roll_rows}, {@code roll_interval}
 */
public record DeliveryDefinition(
        String name, @Nullable String source, @Nullable DeliveredQuery query, String url, Options options) {

    public DeliveryDefinition {
        if ((source == null) == (query == null)) {
            throw new IllegalArgumentException("a delivery has a stream or a query");
        }
    }

    /** Returns the delivery under another name. */
    public DeliveryDefinition named(String other) {
        return new DeliveryDefinition(other, source, query, url, options);
    }

    /** Returns where it goes, without what nobody should see. */
    public String shownUrl() {
        return ShownUrl.of(url);
    }

    /** Returns it without its passwords and keys, to be shown. */
    public DeliveryDefinition withoutSecrets() {
        return new DeliveryDefinition(name, source, query, ShownUrl.of(url), options.withoutSecrets());
    }
}
