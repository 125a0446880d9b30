package io.millrace.runtime.checkpoint;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.error.DiskErrors;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The files that checkpoints consist of, with their names and forms.
 *
 * <pre>
 *   checkpoint-STEP    magic │ manifest │ crc32c
 *   checkpoint.tmp     a manifest being written
 *   state-NUMBER       chunks
 * </pre>
 */
final class CheckpointFiles {

    private static final String MANIFEST = "checkpoint-";
    private static final String CHUNKS = "state-";
    private static final String UNFINISHED = "checkpoint.tmp";
    private static final byte[] MAGIC = {'M', 'R', 'C', 'P', 0, 2, '\r', '\n'};
    private static final int CRC_BYTES = 4;

    private final Path directory;

    CheckpointFiles(Path directory) {
        this.directory = directory;
    }

    Path chunkFile(long number) {
        return directory.resolve(CHUNKS + String.format(Locale.ROOT, "%012d", number));
    }

    private Path manifestFile(long step) {
        return directory.resolve(MANIFEST + String.format(Locale.ROOT, "%020d", step));
    }

    private List<Path> named(String prefix) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> name(file).startsWith(prefix)).toList();
        }
    }

    private static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }

    private static long number(Path file) {
        String name = name(file);
        return Long.parseLong(name.substring(name.indexOf('-') + 1));
    }

    /** Returns the number of the last file of chunks, 0 where there is none. */
    long lastChunkFile() throws IOException {
        return named(CHUNKS).stream().mapToLong(CheckpointFiles::number).max().orElse(0);
    }

    /**
     * Returns how long the files of a manifest's chunks are.
     *
     * @throws MillraceException {@code DATA_CORRUPTED} where one is missing
     */
    Map<Long, Long> lengths(Manifest manifest) throws IOException {
        Map<Long, Long> lengths = new HashMap<>();
        for (Long file : numbers(manifest)) {
            try {
                lengths.put(file, Files.size(chunkFile(file)));
            } catch (NoSuchFileException e) {
                throw damaged(chunkFile(file));
            }
        }
        return lengths;
    }

    private static Set<Long> numbers(Manifest manifest) {
        return manifest.chunks().stream().map(Chunk::file).collect(Collectors.toSet());
    }

    /** Deletes what a manifest does not need; all where it is null. */
    void deleteOthers(@Nullable Manifest manifest) throws IOException {
        Files.deleteIfExists(directory.resolve(UNFINISHED));
        for (Path file : named(MANIFEST)) {
            if (manifest == null || number(file) != manifest.step()) {
                Files.delete(file);
            }
        }
        Set<Long> needed = manifest == null ? Set.of() : numbers(manifest);
        for (Path file : named(CHUNKS)) {
            if (!needed.contains(number(file))) {
                Files.delete(file);
            }
        }
    }

    /** Returns the manifest of the latest step; null where there is none. */
    @Nullable
    Manifest newest() throws IOException {
        Path newest = null;
        for (Path file : named(MANIFEST)) {
            if (newest == null || number(file) > number(newest)) {
                newest = file;
            }
        }
        return newest == null ? null : read(newest);
    }

    private static Manifest read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length - CRC_BYTES;
        if (end < MAGIC.length
                || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
                || new StateReader(bytes, end, bytes.length).readInt() != crc(bytes, end)) {
            throw damaged(file);
        }
        return Manifest.read(number(file), new StateReader(bytes, MAGIC.length, end));
    }

    /** Writes a manifest, durably and as a whole, and returns its length. */
    long write(Manifest manifest) throws IOException {
        StateWriter out = new StateWriter();
        for (byte magic : MAGIC) {
            out.writeByte(magic);
        }
        manifest.write(out);
        out.writeInt(crc(out.data(), out.size()));
        Path unfinished = directory.resolve(UNFINISHED);
        try (FileChannel channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(out.data(), 0, out.size());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(unfinished, manifestFile(manifest.step()), StandardCopyOption.ATOMIC_MOVE);
        forceDirectory();
        return out.size();
    }

    private void forceDirectory() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * Reads a chunk.
     *
     * @throws MillraceException {@code DATA_CORRUPTED} where the file has something else in its place
     */
    byte[] read(Chunk chunk) {
        Path file = chunkFile(chunk.file());
        byte[] bytes = new byte[chunk.length()];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, chunk.offset() + buffer.position()) < 0) {
                    throw damaged(file);
                }
            }
        } catch (NoSuchFileException e) {
            throw damaged(file);
        } catch (IOException e) {
            throw DiskErrors.of(e, "read a checkpoint in", directory);
        }
        if (!ChunkId.of(ChunkId.digest(), bytes, 0, bytes.length).equals(chunk.id())) {
            throw damaged(file);
        }
        return bytes;
    }

    private static int crc(byte[] bytes, int end) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, end);
        return (int) crc.getValue();
    }

    private static MillraceException damaged(Path file) {
        return new MillraceException(
                ErrorCode.DATA_CORRUPTED,
                "checkpoint " + file + " is not what was written",
                "restore the file, or drop and create what it belongs to");
    }
}
