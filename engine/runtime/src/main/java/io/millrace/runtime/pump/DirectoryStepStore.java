package io.millrace.runtime.pump;

import io.millrace.spi.error.DiskErrors;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Journal and checkpoint as files of one directory.
 *
 * <pre>
 *   checkpoint-STEP      magic │ data │ crc32c              state after the step
 *   journal-STEP         length │ crc32c │ record │ …       records of later steps; int lengths, little-endian
 *   checkpoint.tmp       a checkpoint being written
 * </pre>
 *
 * <p>The directory belongs to one process at a time; whoever opens it sees to that.
 */
final class DirectoryStepStore implements StepStore {

    private static final String CHECKPOINT = "checkpoint-";
    private static final String JOURNAL = "journal-";
    private static final String UNFINISHED = "checkpoint.tmp";
    private static final byte[] MAGIC = {'M', 'R', 'C', 'P', 0, 1, '\r', '\n'};
    private static final int RECORD_HEADER_BYTES = 8;
    private static final int CRC_BYTES = 4;

    private final Path directory;
    private @Nullable FileChannel journal;
    private long journalBytes;
    private boolean forced = true;

    DirectoryStepStore(Path directory) {
        this.directory = directory;
    }

    @Override
    public Recovered recover() {
        try {
            Files.createDirectories(directory);
            Files.deleteIfExists(directory.resolve(UNFINISHED));
            Path checkpoint = newest();
            if (checkpoint == null) {
                deleteOthers(-1);
                return new Recovered(null, List.of());
            }
            byte[] data = readCheckpoint(checkpoint);
            long step = stepOf(checkpoint);
            deleteOthers(step);
            return new Recovered(data, openJournal(step));
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /** Returns the newest checkpoint, or null where there is none; changes nothing. */
    byte @Nullable [] stored() {
        try {
            Path newest = Files.isDirectory(directory) ? newest() : null;
            return newest == null ? null : readCheckpoint(newest);
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /** Returns whether steps were taken since the newest checkpoint; changes nothing. */
    boolean journaled() {
        try {
            Path newest = Files.isDirectory(directory) ? newest() : null;
            Path file = newest == null ? null : file(JOURNAL, stepOf(newest));
            return file != null && Files.exists(file) && Files.size(file) > 0;
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    private @Nullable Path newest() throws IOException {
        Path newest = null;
        for (Path file : files(CHECKPOINT)) {
            if (newest == null || stepOf(file) > stepOf(newest)) {
                newest = file;
            }
        }
        return newest;
    }

    /** Deletes what belongs to another checkpoint than that of the step. */
    private void deleteOthers(long step) throws IOException {
        for (String prefix : List.of(CHECKPOINT, JOURNAL)) {
            for (Path file : files(prefix)) {
                if (stepOf(file) != step) {
                    Files.delete(file);
                }
            }
        }
    }

    private List<Path> files(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> name(file).startsWith(prefix)).toList();
        }
    }

    private static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }

    private static long stepOf(Path file) {
        String name = name(file);
        return Long.parseLong(name.substring(name.indexOf('-') + 1));
    }

    private Path file(String prefix, long step) {
        return directory.resolve(prefix + String.format(Locale.ROOT, "%020d", step));
    }

    private static byte[] readCheckpoint(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length - CRC_BYTES;
        if (end < MAGIC.length
                || !ByteBuffer.wrap(bytes, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))
                || littleEndian(bytes).getInt(end) != crc(bytes, 0, end)) {
            throw new MillraceException(
                    ErrorCode.DATA_CORRUPTED,
                    "checkpoint " + file + " is not what was written",
                    "restore the file, or drop and create what it belongs to");
        }
        return java.util.Arrays.copyOfRange(bytes, MAGIC.length, end);
    }

    /** Reads the whole records of the journal, cuts the rest off and goes on behind them. */
    private List<byte[]> openJournal(long step) throws IOException {
        Path file = file(JOURNAL, step);
        List<byte[]> records = new ArrayList<>();
        byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        int end = 0;
        while (end + RECORD_HEADER_BYTES <= bytes.length) {
            int length = littleEndian(bytes).getInt(end);
            int start = end + RECORD_HEADER_BYTES;
            if (length <= 0
                    || length > bytes.length - start
                    || littleEndian(bytes).getInt(end + 4) != crc(bytes, start, length)) {
                break;
            }
            records.add(java.util.Arrays.copyOfRange(bytes, start, start + length));
            end = start + length;
        }
        startJournal(file, end);
        return records;
    }

    private void startJournal(Path file, long end) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        channel.truncate(end);
        channel.position(end);
        channel.force(true);
        forceDirectory();
        journal = channel;
        journalBytes = end;
        forced = true;
    }

    @Override
    public void append(long step, byte[] record) {
        ByteBuffer buffer = littleEndian(new byte[RECORD_HEADER_BYTES + record.length]);
        buffer.putInt(record.length).putInt(crc(record, 0, record.length)).put(record);
        try {
            write(journal(), buffer.flip());
        } catch (IOException e) {
            throw failed("write", e);
        }
        journalBytes += buffer.limit();
        forced = false;
    }

    @Override
    public void force() {
        if (!forced) {
            try {
                journal().force(false);
            } catch (IOException e) {
                throw failed("write", e);
            }
            forced = true;
        }
    }

    @Override
    public long journalBytes() {
        return journalBytes;
    }

    @Override
    public void checkpoint(long step, byte[] data, int size) {
        try {
            writeCheckpoint(step, data, size);
            if (journal != null) {
                journal.close();
                journal = null;
            }
            startJournal(file(JOURNAL, step), 0);
            deleteOthers(step);
        } catch (IOException e) {
            throw failed("write", e);
        }
    }

    private void writeCheckpoint(long step, byte[] data, int size) throws IOException {
        Path unfinished = directory.resolve(UNFINISHED);
        CRC32C crc = new CRC32C();
        crc.update(MAGIC);
        crc.update(data, 0, size);
        try (FileChannel channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            write(channel, ByteBuffer.wrap(MAGIC));
            write(channel, ByteBuffer.wrap(data, 0, size));
            ByteBuffer end = littleEndian(new byte[CRC_BYTES]);
            write(channel, end.putInt((int) crc.getValue()).flip());
            channel.force(true);
        }
        Files.move(unfinished, file(CHECKPOINT, step), StandardCopyOption.ATOMIC_MOVE);
        forceDirectory();
    }

    private void forceDirectory() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private FileChannel journal() {
        if (journal == null) {
            throw new IllegalStateException("no journal before the first checkpoint");
        }
        return journal;
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
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

    private MillraceException failed(String what, IOException e) {
        return DiskErrors.of(e, what + " pump state in", directory);
    }

    @Override
    public void close() {
        if (journal != null) {
            try {
                journal.close();
            } catch (IOException e) {
                throw failed("close", e);
            }
            journal = null;
        }
    }
}
