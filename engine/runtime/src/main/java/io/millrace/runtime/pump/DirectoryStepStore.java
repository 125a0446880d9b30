package io.millrace.runtime.pump;

import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.CheckpointSection;
import io.millrace.runtime.checkpoint.CheckpointSize;
import io.millrace.runtime.checkpoint.StoredCheckpoint;
import io.millrace.spi.error.DiskErrors;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Journals and the checkpoint as files of one directory: those of {@link CheckpointDirectory}, and
 *
 * <pre>
 *   journal-STEP         records of steps after the checkpoint of that step
 * </pre>
 *
 * <p>A new journal begins with each checkpoint, before that is durable; so after a crash the newest checkpoint may have
 * several, of which one goes on where the one before ends. The directory belongs to one process at a time; whoever opens
 * it sees to that.
 */
final class DirectoryStepStore implements StepStore {

    private static final String JOURNAL = "journal-";

    private final Path directory;
    private final @Nullable Executor beside;
    private final CheckpointDirectory checkpoints;
    private @Nullable Journal journal;

    /**
     * @param beside runs what need not hold up the pump; null for nothing
     */
    DirectoryStepStore(Path directory, @Nullable Executor beside) {
        this.directory = directory;
        this.beside = beside;
        this.checkpoints = new CheckpointDirectory(directory);
    }

    @Override
    public Recovered recover() {
        StoredCheckpoint checkpoint = checkpoints.recover();
        try {
            if (checkpoint == null) {
                deleteJournals(file -> true);
                return new Recovered(null, List.of());
            }
            deleteJournals(file -> stepOf(file) < checkpoint.step());
            return new Recovered(checkpoint, openJournals(checkpoint.step()));
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /** Returns the newest checkpoint, or null where there is none; changes nothing. */
    @Nullable
    StoredCheckpoint stored() {
        return checkpoints.stored();
    }

    /** Returns whether steps were taken since the newest checkpoint; changes nothing. */
    boolean journaled() {
        StoredCheckpoint newest = stored();
        if (newest == null) {
            return false;
        }
        try {
            for (Path file : journals()) {
                if (stepOf(file) >= newest.step() && Files.size(file) > 0) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    private List<Path> journals() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> name(file).startsWith(JOURNAL))
                    .sorted(Comparator.comparingLong(DirectoryStepStore::stepOf))
                    .toList();
        }
    }

    private void deleteJournals(Predicate<Path> which) throws IOException {
        for (Path file : journals()) {
            if (which.test(file)) {
                Files.delete(file);
            }
        }
    }

    private static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }

    private static long stepOf(Path file) {
        return Long.parseLong(name(file).substring(JOURNAL.length()));
    }

    private Path file(long step) {
        return directory.resolve(JOURNAL + String.format(Locale.ROOT, "%020d", step));
    }

    /** Reads the records of all journals, and goes on behind those of the last. */
    private List<byte[]> openJournals(long step) throws IOException {
        List<byte[]> records = new ArrayList<>();
        for (Path file : journals()) {
            begin(stepOf(file));
            records.addAll(journal().found());
        }
        if (journal == null) {
            begin(step);
        }
        return records;
    }

    /** Goes on with the journal of a step, which it opens or makes. */
    private void begin(long step) throws IOException {
        if (journal != null) {
            journal.close();
        }
        journal = Journal.open(file(step), step);
        forceDirectory();
    }

    private void forceDirectory() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void append(long step, byte[] record) {
        try {
            journal().append(record);
        } catch (IOException e) {
            throw failed("write", e);
        }
    }

    @Override
    public void force() {
        try {
            journal().force();
        } catch (IOException e) {
            throw failed("write", e);
        }
    }

    @Override
    public long journalBytes() {
        return journal == null ? 0 : journal.bytes();
    }

    @Override
    public CompletableFuture<CheckpointSize> checkpoint(long step, List<CheckpointSection> sections) {
        try {
            if (journal == null || journal.step() != step) {
                beginAfter(step);
            }
        } catch (IOException e) {
            throw failed("write", e);
        }
        return checkpoints.write(step, sections, beside).thenApply(size -> {
            cutJournals(step);
            return size;
        });
    }

    /** Records of the next journal are of use only behind those of this one, so these are made durable first. */
    private void beginAfter(long step) throws IOException {
        if (journal != null) {
            journal.force();
        }
        begin(step);
    }

    private void cutJournals(long step) {
        try {
            deleteJournals(file -> stepOf(file) < step);
        } catch (IOException e) {
            throw failed("write", e);
        }
    }

    private Journal journal() {
        if (journal == null) {
            throw new IllegalStateException("no journal before the first checkpoint");
        }
        return journal;
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
