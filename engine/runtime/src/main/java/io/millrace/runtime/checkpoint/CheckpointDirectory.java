package io.millrace.runtime.checkpoint;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.error.DiskErrors;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints in a directory, of which only the newest stays.
 *
 * <pre>
 *   checkpoint-STEP    manifest: short sections, and of longer ones where their chunks lie
 *   state-NUMBER       chunks, one behind the other, written with one checkpoint and used by later ones
 * </pre>
 *
 * <p>A checkpoint is durable when its manifest has its name; files that it does not need are deleted after that. The
 * directory belongs to one process at a time. For one thread at a time, and one checkpoint at a time.
 */
public final class CheckpointDirectory {

    private final Path directory;
    private final CheckpointFiles files;
    private volatile KnownChunks known = KnownChunks.NONE;
    private long nextFile;

    public CheckpointDirectory(Path directory) {
        this.directory = directory;
        this.files = new CheckpointFiles(directory);
    }

    /**
     * Returns the newest checkpoint, or null where there is none; changes nothing.
     *
     * @throws MillraceException {@code DATA_CORRUPTED} where it is damaged
     */
    public @Nullable StoredCheckpoint stored() {
        try {
            Manifest newest = files.newest();
            return newest == null ? null : stored(newest);
        } catch (IOException e) {
            throw DiskErrors.of(e, "read a checkpoint in", directory);
        }
    }

    /**
     * Returns the newest checkpoint, or null where there is none, and deletes what was not finished. Once, before anything
     * is written.
     *
     * @throws MillraceException {@code DATA_CORRUPTED} where it is damaged
     */
    public @Nullable StoredCheckpoint recover() {
        try {
            Files.createDirectories(directory);
            Manifest newest = files.newest();
            nextFile = 1 + files.lastChunkFile();
            files.deleteOthers(newest);
            if (newest == null) {
                return null;
            }
            known = KnownChunks.of(newest, files.lengths(newest));
            return stored(newest);
        } catch (IOException e) {
            throw DiskErrors.of(e, "read a checkpoint in", directory);
        }
    }

    private StoredCheckpoint stored(Manifest manifest) {
        Map<String, StoredSection> sections = new HashMap<>();
        for (Manifest.Entry entry : manifest.entries()) {
            sections.put(entry.id(), new StoredSection(entry.layout(), () -> reader(entry)));
        }
        return new StoredCheckpoint(manifest.step(), sections);
    }

    private StateReader reader(Manifest.Entry entry) {
        return entry.chunks().isEmpty()
                ? new StateReader(entry.own())
                : new StateReader(entry.length(), new ChunkReader(files, entry.chunks()));
    }

    /**
     * Writes a checkpoint. The sections are asked for their contents before this returns, by the calling thread.
     *
     * @param step the step after which the state is so
     * @param beside runs what need not hold up the calling thread; null for nothing
     * @return done when the checkpoint is durable, or fails with a {@link MillraceException}
     */
    public CompletableFuture<CheckpointSize> write(
            long step, List<CheckpointSection> sections, @Nullable Executor beside) {
        long file = nextFile++;
        CheckpointWriter writer = new CheckpointWriter(files.chunkFile(file), file, known);
        if (beside == null) {
            return CompletableFuture.completedFuture(commit(step, writer, () -> give(sections, writer)));
        }
        Handover handover = new Handover();
        CompletableFuture<CheckpointSize> written =
                CompletableFuture.supplyAsync(() -> commit(step, writer, () -> handover.pass(writer)), beside);
        boolean given = false;
        try {
            give(sections, handover);
            handover.finish();
            given = true;
        } finally {
            if (!given) {
                handover.abandon();
                // Whoever closes this now, and opens the directory anew, must be alone in it.
                written.exceptionally(abandoned -> null).join();
            }
        }
        return written;
    }

    private static void give(List<CheckpointSection> sections, SectionOutput output) {
        StateWriter out = new StateWriter(output::take);
        for (CheckpointSection section : sections) {
            output.begin(section.id(), section.layout());
            section.content().accept(out);
            out.flush();
            output.end();
        }
    }

    private CheckpointSize commit(long step, CheckpointWriter writer, Runnable sections) {
        try (writer) {
            sections.run();
            Manifest manifest = writer.finish(step);
            long length = files.write(manifest);
            files.deleteOthers(manifest);
            known = KnownChunks.of(manifest, files.lengths(manifest));
            return new CheckpointSize(manifest.length(), length + writer.written());
        } catch (IOException e) {
            throw DiskErrors.of(e, "write a checkpoint in", directory);
        } catch (UncheckedIOException e) {
            throw DiskErrors.of(Objects.requireNonNull(e.getCause()), "write a checkpoint in", directory);
        }
    }
}
