package io.millrace.runtime.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts sections into chunks, and writes those that are not known into a file of its own, which there is only where it has
 * something in it, and stays only where it is {@link #finish}ed. For one thread at a time.
 */
final class CheckpointWriter implements SectionOutput, AutoCloseable {

    private static final byte[] NO_BYTES = {};

    private final Path path;
    private final long file;
    private final KnownChunks known;
    private final Map<ChunkId, Chunk> written = new HashMap<>();
    private final List<Manifest.Entry> entries = new ArrayList<>();
    private final MessageDigest digest = ChunkId.digest();
    private byte[] pending = new byte[2 * ChunkCutter.MOST];
    private int pendingStart;
    private int pendingEnd;
    private String id = "";
    private String layout = "";
    private long length;
    private List<Chunk> chunks = new ArrayList<>();
    private @Nullable FileChannel channel;
    private long offset;
    private boolean finished;

    /**
     * @param path the file to be written
     * @param file its number
     */
    CheckpointWriter(Path path, long file, KnownChunks known) {
        this.path = path;
        this.file = file;
        this.known = known;
    }

    @Override
    public void begin(String newId, String newLayout) {
        id = newId;
        layout = newLayout;
        length = 0;
        chunks = new ArrayList<>();
    }

    @Override
    public byte[] take(byte[] block, int blockLength) {
        length += blockLength;
        int taken = 0;
        while (taken < blockLength) {
            if (pendingEnd == pending.length) {
                makeRoom();
            }
            int some = Math.min(blockLength - taken, pending.length - pendingEnd);
            System.arraycopy(block, taken, pending, pendingEnd, some);
            pendingEnd += some;
            taken += some;
            cut(false);
        }
        return block;
    }

    private void makeRoom() {
        System.arraycopy(pending, pendingStart, pending, 0, pendingEnd - pendingStart);
        pendingEnd -= pendingStart;
        pendingStart = 0;
    }

    private void cut(boolean last) {
        // Without a whole longest chunk a search that finds nothing would be made again.
        while (pendingEnd - pendingStart >= (last ? 1 : ChunkCutter.MOST)) {
            int end = ChunkCutter.end(pending, pendingStart, pendingEnd);
            chunks.add(chunk(pendingStart, end));
            pendingStart = end;
        }
    }

    private Chunk chunk(int start, int end) {
        ChunkId chunkId = ChunkId.of(digest, pending, start, end);
        Chunk there = known.find(chunkId);
        return there != null ? there : written.computeIfAbsent(chunkId, unknown -> write(unknown, start, end));
    }

    private Chunk write(ChunkId unknown, int start, int end) {
        try {
            if (channel == null) {
                channel = FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
            }
            ByteBuffer bytes = ByteBuffer.wrap(pending, start, end - start);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Chunk chunk = new Chunk(unknown, file, offset, end - start);
        offset += end - start;
        return chunk;
    }

    @Override
    public void end() {
        byte[] own = NO_BYTES;
        if (length <= ChunkCutter.LEAST) {
            own = Arrays.copyOfRange(pending, pendingStart, pendingEnd);
        } else {
            cut(true);
        }
        pendingStart = 0;
        pendingEnd = 0;
        entries.add(new Manifest.Entry(id, layout, length, own, chunks));
    }

    /** Returns what was taken, with all chunks durable. */
    Manifest finish(long step) {
        try {
            if (channel != null) {
                channel.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        finished = true;
        return new Manifest(step, List.copyOf(entries));
    }

    /** Returns how many bytes of chunks were written. */
    long written() {
        return offset;
    }

    /** A full disk gets back what was written in vain. */
    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
                if (!finished) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
