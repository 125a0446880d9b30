package io.millrace.runtime.checkpoint;

/**
 * How large a checkpoint is, in bytes.
 *
 * @param length all of it
 * @param written what had to be written for it, since it was not on disk before
 */
public record CheckpointSize(long length, long written) {}
