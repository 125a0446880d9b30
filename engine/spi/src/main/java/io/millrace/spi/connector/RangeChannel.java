package io.millrace.spi.connector;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * A file of a store read in any order, by ranges: what is asked for, but whole blocks where that is little, so that a footer
 * and the few bytes before it that say where it begins come with one request. For one thread at a time.
 */
public final class RangeChannel implements SeekableByteChannel {

    private static final int BLOCK_BYTES = 1 << 19;

    /** Sends for a part of the file. */
    @FunctionalInterface
    public interface Ranges {
        InputStream open(long from, long length) throws IOException;
    }

    private final StoredFile file;
    private final Ranges ranges;
    private byte[] block = {};
    private long blockStart;
    private long position;
    private boolean closed;

    /**
     * Sends for nothing yet.
     *
     * @param ranges asked for parts that lie within the file
     */
    public RangeChannel(StoredFile file, Ranges ranges) {
        this.file = file;
        this.ranges = ranges;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (position >= file.bytes()) {
            return -1;
        }
        int wanted = (int) Math.min(to.remaining(), file.bytes() - position);
        int read = wanted >= BLOCK_BYTES && !inBlock() ? direct(to, wanted) : fromBlock(to, wanted);
        position += read;
        return read;
    }

    private int direct(ByteBuffer to, int length) throws IOException {
        to.put(range(position, length));
        return length;
    }

    private boolean inBlock() {
        return position >= blockStart && position < blockStart + block.length;
    }

    private int fromBlock(ByteBuffer to, int wanted) throws IOException {
        if (!inBlock()) {
            // Counted from the end, where footers are.
            long blocksBehind = (file.bytes() - 1 - position) / BLOCK_BYTES;
            long end = file.bytes() - blocksBehind * BLOCK_BYTES;
            long start = Math.max(0, end - BLOCK_BYTES);
            block = range(start, (int) (end - start));
            blockStart = start;
        }
        int at = (int) (position - blockStart);
        int length = Math.min(wanted, block.length - at);
        to.put(block, at, length);
        return length;
    }

    private byte[] range(long from, int length) throws IOException {
        try (InputStream in = ranges.open(from, length)) {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException(bytes.length + " bytes came of " + length);
            }
            return bytes;
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return file.bytes();
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
        block = new byte[0];
    }
}
