package io.millrace.sql.catalog;

import io.millrace.spi.Options;

/**
 * A delivery: a stream's rows, put into a destination.
 *
 * @param source name of the stream it delivers
 * @param url the destination, such as {@code file:///lake/trades}
 * @param options what its {@code WITH} says: {@code format} and the format's own, {@code roll_bytes}, {@code
 *     roll_rows}, {@code roll_interval}
 */
public record DeliveryDefinition(String name, String source, String url, Options options) {}
