package io.millrace.runtime.pump;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A file of records that only grows.
 *
 * <pre>
 *   length │ crc32c │ record │ …       int lengths, little-endian
 * </pre>
 *
 * <p>For one thread at a time.
 */
final class Journal implements AutoCloseable {

    private static final int HEADER_BYTES = 8;

    private final long step;
    private final FileChannel channel;
    private final List<byte[]> found;
    private long bytes;
    private boolean forced = true;

    private Journal(long step, FileChannel channel, List<byte[]> found, long bytes) {
        this.step = step;
        this.channel = channel;
        this.found = found;
        this.bytes = bytes;
    }

    /**
     * Opens a journal, or makes one. What follows the last whole record is cut.
     *
     * @param step that after which its first record is
     */
    static Journal open(Path file, long step) throws IOException {
        byte[] there = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        List<byte[]> records = new ArrayList<>();
        int end = 0;
        while (end + HEADER_BYTES <= there.length) {
            int length = littleEndian(there).getInt(end);
            int start = end + HEADER_BYTES;
            if (length <= 0
                    || length > there.length - start
                    || littleEndian(there).getInt(end + 4) != crc(there, start, length)) {
                break;
            }
            records.add(Arrays.copyOfRange(there, start, start + length));
            end = start + length;
        }
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        channel.truncate(end);
        channel.position(end);
        channel.force(true);
        return new Journal(step, channel, records, end);
    }

    /** Returns the step after which its first record is. */
    long step() {
        return step;
    }

    /** Returns the records that were there when it was opened. */
    List<byte[]> found() {
        return found;
    }

    /** Returns how long it is. */
    long bytes() {
        return bytes;
    }

    void append(byte[] record) throws IOException {
        ByteBuffer buffer = littleEndian(new byte[HEADER_BYTES + record.length]);
        buffer.putInt(record.length).putInt(crc(record, 0, record.length)).put(record);
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        bytes += buffer.limit();
        forced = false;
    }

    void force() throws IOException {
        if (!forced) {
            channel.force(false);
            forced = true;
        }
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int crc(byte[] bytes, int start, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, start, length);
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
