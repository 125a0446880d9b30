package io.millrace.spi.log;

/**
 * Makes an append repeatable: a shard takes each step of a producer at most once.
 *
 * @param producer a stable name, such as that of the pump that writes
 * @param step number of the producer's step; appends of a producer come with growing steps
 */
public record ProducerStep(String producer, long step) {}
