package io.millrace.runtime.checkpoint;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What a checkpoint consists of: short sections themselves, and of longer ones the chunks, in order.
 *
 * @param step the step after which the state was so
 */
record Manifest(long step, List<Entry> entries) {

    /**
     * A section.
     *
     * @param length how many bytes it has
     * @param own its bytes, where it has no chunks
     */
    record Entry(String id, String layout, long length, byte[] own, List<Chunk> chunks) {}

    /** Returns all chunks, one that is there twice as often. */
    List<Chunk> chunks() {
        return entries.stream().flatMap(entry -> entry.chunks().stream()).toList();
    }

    long length() {
        return entries.stream().mapToLong(Entry::length).sum();
    }

    void write(StateWriter out) {
        out.writeInt(entries.size());
        for (Entry entry : entries) {
            out.writeText(entry.id());
            out.writeText(entry.layout());
            out.writeLong(entry.length());
            out.writeBytes(entry.own());
            out.writeInt(entry.chunks().size());
            for (Chunk chunk : entry.chunks()) {
                chunk.id().write(out);
                out.writeLong(chunk.file());
                out.writeLong(chunk.offset());
                out.writeInt(chunk.length());
            }
        }
    }

    static Manifest read(long step, StateReader in) {
        int count = in.readCount(4 + 4 + 8 + 4 + 4);
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(new Entry(in.readText(), in.readText(), in.readLong(), in.readBytes(), readChunks(in)));
        }
        return new Manifest(step, entries);
    }

    private static List<Chunk> readChunks(StateReader in) {
        int count = in.readCount(ChunkId.BYTES + 8 + 8 + 4);
        List<Chunk> chunks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            chunks.add(new Chunk(ChunkId.read(in), in.readLong(), in.readLong(), in.readInt()));
        }
        return chunks;
    }
}
