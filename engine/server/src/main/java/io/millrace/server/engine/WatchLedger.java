package io.millrace.server.engine;

import io.millrace.spi.connector.StoredFile;
import io.millrace.spi.error.DiskErrors;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a watched table have been begun and which are done, in a file of lines that only grows. For one thread.
 *
 * <pre>
 *   begun NAME VERSION
 *   done  NAME VERSION      names and versions as URLs have them
 * </pre>
 *
 * <p>A line that a crash has cut has no end, and what it said is said again: rows that are copied again come once.
 */
final class WatchLedger implements AutoCloseable {

    private static final String BEGUN = "begun";
    private static final String DONE = "done";

    private final Path path;
    private final FileChannel file;
    private final Map<String, Note> notes = new HashMap<>();
    private @Nullable String lastBegun;
    private @Nullable String lastDone;

    /**
     * What is known of a file.
     *
     * @param version the version that was begun
     * @param done whether all of it was read, or it was given up
     */
    record Note(String version, boolean done) {}

    private WatchLedger(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
    }

    static WatchLedger open(Path directory) {
        Path path = directory.resolve("files");
        try {
            FileChannel file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
            WatchLedger ledger = new WatchLedger(path, file);
            ledger.load();
            return ledger;
        } catch (IOException e) {
            throw DiskErrors.of(e, "open", path);
        }
    }

    private void load() throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        new String(bytes, 0, end, StandardCharsets.UTF_8).lines().forEach(this::read);
        file.truncate(end);
        file.position(end);
    }

    private void read(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length == 3) {
            put(decoded(parts[1]), decoded(parts[2]), parts[0].equals(DONE));
        }
    }

    private void put(String name, String version, boolean done) {
        notes.put(name, new Note(version, done));
        if (done) {
            lastDone = name;
        } else {
            lastBegun = name;
        }
    }

    /** Returns what was last done, or null. */
    @Nullable
    String lastDone() {
        return lastDone;
    }

    /** Returns what was last begun, done or not, or null. */
    @Nullable
    String lastBegun() {
        return lastBegun;
    }

    @Nullable
    Note find(String name) {
        return notes.get(name);
    }

    /** Says that a file's rows are being copied; durable when this returns. */
    void begun(StoredFile of) {
        write(BEGUN, of);
    }

    /** Says that nothing more is to be read of a file; durable when this returns. */
    void done(StoredFile of) {
        write(DONE, of);
    }

    private void write(String what, StoredFile of) {
        String line = what + " " + encoded(of.name()) + " " + encoded(of.version()) + "\n";
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(false);
        } catch (IOException e) {
            throw DiskErrors.of(e, "write", path);
        }
        put(of.name(), of.version(), what.equals(DONE));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw DiskErrors.of(e, "close", path);
        }
    }
}
