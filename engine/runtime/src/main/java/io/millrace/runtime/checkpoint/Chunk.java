package io.millrace.runtime.checkpoint;

/**
 * Some bytes of a section, and where they lie.
 *
 * @param id what they are
 * @param file number of the file that has them
 * @param offset at which byte of it
 * @param length how many bytes
 */
record Chunk(ChunkId id, long file, long offset, int length) {}
