package io.millrace.delivery;

import io.millrace.spi.connector.CommittedFile;
import io.millrace.spi.error.DiskErrors;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A delivery's memory: a small file of entries, each durable when its call returns.
 *
 * <pre>
 *   "MRDJ" │ version │ length │ crc │ entry │ length │ crc │ entry │ …
 *     4         4         4      4             of entry
 * </pre>
 *
 * <p>It is written anew, with what still matters, when it is opened and when it has grown long. An entry that a
 * crash cut off is the last one and is dropped: nobody was told of it. Damage elsewhere is an error. For one
 * thread at a time.
 */
final class DeliveryJournal implements AutoCloseable {

    private static final int MAGIC = 0x4D52444A;
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 8;
    private static final int FRAME_BYTES = 8;
    private static final int ENTRY_BYTES_MAX = 1 << 20;
    static final int REWRITE_BYTES = 256 << 10;

    private final Path file;
    private final Progress progress;
    private @Nullable FileChannel channel;
    private long end;
    private long rewriteAt;

    private DeliveryJournal(Path file, Progress progress) throws IOException {
        this.file = file;
        this.progress = progress;
        writeAnew();
    }

    /**
     * Opens a journal, or starts one.
     *
     * @param incarnation gives the name part of a delivery that has no journal yet
     * @throws MillraceException {@code DATA_CORRUPTED} where it is damaged
     */
    static DeliveryJournal open(Path file, Supplier<String> incarnation) throws IOException {
        if (!Files.exists(file)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return new DeliveryJournal(file, new Progress(incarnation.get()));
        }
        return new DeliveryJournal(file, new Replay(file, ByteBuffer.wrap(Files.readAllBytes(file))).run());
    }

    /** Returns how far each split was when the journal was last written; changes nothing. */
    static Map<String, Long> storedPositions(Path file) throws IOException {
        return Files.exists(file)
                ? new Replay(file, ByteBuffer.wrap(Files.readAllBytes(file))).run().positions
                : Map.of();
    }

    Progress progress() {
        return progress;
    }

    void begin(String split, long position) throws IOException {
        begin(split, position, 0);
    }

    /** @param rejected how much could not be delivered of what lies before */
    void begin(String split, long position, long rejected) throws IOException {
        append(JournalEntry.begin(split, position), rejected);
        progress.begin(split, position);
    }

    void commit(CommittedFile committed) throws IOException {
        append(JournalEntry.commit(committed), 0);
        progress.commit(committed);
    }

    /**
     * Commits the files of one range, all or none of them.
     *
     * @param rejected how much of it could not be delivered
     */
    void commit(List<CommittedFile> range, long rejected) throws IOException {
        append(JournalEntry.commit(range), rejected);
        range.forEach(progress::commit);
    }

    /** Commits the files of one range, and what is promised of the rows behind the positions, in microseconds since 1970. */
    void commit(List<CommittedFile> range, Map<String, Long> bounds, long rejected) throws IOException {
        append(JournalEntry.commit(range, bounds), rejected);
        range.forEach(progress::commit);
        progress.bounds.putAll(bounds);
    }

    /** @param refused how many rows the destination did not take */
    void publish(String name, long refused) throws IOException {
        append(JournalEntry.publish(name), refused);
        progress.publish(name);
        if (end > rewriteAt) {
            writeAnew();
        }
    }

    /** A failed attempt may have written some of its entry, which must not lie behind the next one. */
    private void append(byte[] bare, long rejected) {
        byte[] entry = rejected == 0 ? bare : JournalEntry.counted(progress.rejected + rejected, bare);
        try {
            appendAt(end, entry);
        } catch (IOException e) {
            throw DiskErrors.of(e, "write the delivery's journal", file);
        }
        end += FRAME_BYTES + entry.length;
        progress.rejected += rejected;
    }

    private void appendAt(long position, byte[] entry) throws IOException {
        FileChannel out = Objects.requireNonNull(channel);
        ByteBuffer bytes = ByteBuffer.allocate(FRAME_BYTES + entry.length);
        put(bytes, entry);
        if (out.size() > position) {
            out.truncate(position);
        }
        write(out, bytes.flip(), position);
        out.force(true);
    }

    private void writeAnew() throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        ByteBuffer bytes = snapshot();
        FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try {
            write(out, bytes, 0);
            out.force(true);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            out.close();
            throw e;
        }
        FileChannel old = channel;
        channel = out;
        end = bytes.limit();
        rewriteAt = end + REWRITE_BYTES;
        if (old != null) {
            old.close();
        }
        try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private ByteBuffer snapshot() {
        List<byte[]> entries = new ArrayList<>();
        entries.add(JournalEntry.life(progress));
        // Commits first: they set positions too, to where their file ends, and the last word is the split's own.
        progress.unpublished.forEach(committed -> entries.add(JournalEntry.commit(committed)));
        progress.positions.forEach((split, position) -> entries.add(JournalEntry.begin(split, position)));
        if (!progress.bounds.isEmpty()) {
            entries.add(JournalEntry.commit(List.of(), progress.bounds));
        }
        int length = HEADER_BYTES
                + entries.stream().mapToInt(entry -> FRAME_BYTES + entry.length).sum();
        ByteBuffer bytes = ByteBuffer.allocate(length).putInt(MAGIC).putInt(VERSION);
        entries.forEach(entry -> put(bytes, entry));
        return bytes.flip();
    }

    private static void put(ByteBuffer bytes, byte[] entry) {
        bytes.putInt(entry.length).putInt(crc(entry)).put(entry);
    }

    private static int crc(byte[] entry) {
        CRC32 crc = new CRC32();
        crc.update(entry);
        return (int) crc.getValue();
    }

    private static void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    /** Reads a journal from its start to where it ends or was cut off. */
    private record Replay(Path file, ByteBuffer bytes) {

        Progress run() {
            if (bytes.remaining() < HEADER_BYTES || bytes.getInt() != MAGIC || bytes.getInt() != VERSION) {
                throw corrupted("it does not begin as one");
            }
            try {
                // The header and the first entry were renamed into place whole, so they are never cut off.
                if (!isWhole()) {
                    throw corrupted("its first entry is damaged");
                }
                Progress progress = JournalEntry.readLife(next());
                while (bytes.hasRemaining() && isWhole()) {
                    JournalEntry.apply(next(), progress);
                }
                return progress;
            } catch (IOException e) {
                throw corrupted(String.valueOf(e.getMessage()));
            }
        }

        /** Returns whether the next frame is whole, and false where it is what a crash left at the end. */
        private boolean isWhole() {
            int start = bytes.position();
            int left = bytes.remaining() - FRAME_BYTES;
            if (left < 0) {
                return false;
            }
            int length = bytes.getInt(start);
            if (length == 0 && isZeroToTheEnd()) {
                return false;
            }
            if (length <= 0 || length > ENTRY_BYTES_MAX) {
                throw corrupted("an entry has the length " + length);
            }
            if (length > left) {
                return false;
            }
            byte[] entry = new byte[length];
            bytes.get(start + FRAME_BYTES, entry);
            boolean sound = crc(entry) == bytes.getInt(start + Integer.BYTES);
            if (!sound && length < left) {
                throw corrupted("an entry does not match its checksum");
            }
            return sound;
        }

        private boolean isZeroToTheEnd() {
            for (int i = bytes.position(); i < bytes.limit(); i++) {
                if (bytes.get(i) != 0) {
                    return false;
                }
            }
            return true;
        }

        private byte[] next() {
            byte[] entry = new byte[bytes.getInt()];
            bytes.getInt();
            bytes.get(entry);
            return entry;
        }

        private MillraceException corrupted(String what) {
            return new MillraceException(
                    ErrorCode.DATA_CORRUPTED,
                    "the delivery's journal " + file + " is damaged at byte " + bytes.position() + ": " + what,
                    "restore it, or drop the delivery and make it again, which delivers what the stream still has");
        }
    }
}
