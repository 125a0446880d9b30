package io.millrace.runtime.checkpoint;

import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives the bytes of chunks, one chunk after the other, and null behind the last. */
final class ChunkReader implements Supplier<byte @Nullable []> {

    private final CheckpointFiles files;
    private final Iterator<Chunk> chunks;

    ChunkReader(CheckpointFiles files, List<Chunk> chunks) {
        this.files = files;
        this.chunks = chunks.iterator();
    }

    @Override
    public byte @Nullable [] get() {
        return chunks.hasNext() ? files.read(chunks.next()) : null;
    }
}
