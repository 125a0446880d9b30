package io.millrace.spi.log;

/**
 * Says that entries are durable.
 *
 * @param firstIndex index of the first of them
 * @param count how many there are
 * @param arrivalMicros when they arrived, microseconds since 1970
 * @param repeated whether the shard had this producer's step already and took nothing
 */
public record Appended(long firstIndex, int count, long arrivalMicros, boolean repeated) {}
