package io.millrace.log.segment;

import io.millrace.log.disk.Disk;
import io.millrace.log.disk.ReadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens a shard's directory as the last process has left it.
 *
 * <p>Sealed segments are taken at the word of their index files where their lengths agree; readers check
 * each frame. The last segment is read from start to end; a torn tail is cut off, anything else that is
 * not as it was written stops the recovery with {@code DATA_CORRUPTED}.
 */
public final class ShardRecovery {

    private final Disk disk;
    private final Path directory;
    private final ByteBuffer buffer;
    private final int intervalBytes;
    private final List<Segment> sealed = new ArrayList<>();

    /**
     * @param buffer memory through which the shard's writer writes
     * @param intervalBytes how many bytes apart the entries of sparse indexes are
     */
    public ShardRecovery(Disk disk, Path directory, ByteBuffer buffer, int intervalBytes) {
        this.disk = disk;
        this.directory = directory;
        this.buffer = buffer;
        this.intervalBytes = intervalBytes;
    }

    /**
     * What was found.
     *
     * @param sealed all segments but the last, ascending
     * @param active the last, ready to be written
     * @param last what the last segment, or the one before where that had to be made again, says
     * @param cut what was cut off at the end, null where all was whole
     */
    public record Recovered(
            List<Segment> sealed,
            ActiveSegment active,
            SegmentScan last,
            @Nullable Damage cut) {
        /** Returns the end of the shard. */
        public SegmentEnd end() {
            return last.end();
        }
    }

    /** Opens the shard. */
    public Recovered run() throws IOException {
        // A segment that a dead process has started is perhaps not in the directory for good yet.
        disk.forceDirectory(directory);
        List<Path> files =
                disk.list(directory).stream().filter(Segment::isSegment).toList();
        if (files.isEmpty()) {
            throw new Damage(directory, 0, "all its segments are missing").error();
        }
        Path last = files.get(files.size() - 1);
        SegmentScan scan = SegmentScan.of(disk, last, intervalBytes);
        boolean belowMark = scan.end().bytes() < DurableMark.of(disk, last);
        if (belowMark || (!scan.isWhole() && scan.lostDurable())) {
            throw scan.damage().error();
        }
        for (int i = 0; i < files.size() - 1; i++) {
            sealed.add(sealedSegment(files.get(i), Segment.baseIndex(files.get(i + 1))));
        }
        if (scan.isEmpty()) {
            return withoutLast(files, scan);
        }
        Damage cut = scan.isWhole() ? null : scan.damage();
        return new Recovered(sealed, ActiveSegment.resume(disk, last, scan, buffer), scan, cut);
    }

    // The process died while it started the last segment, so nothing was ever acknowledged that lay there.
    private Recovered withoutLast(List<Path> files, SegmentScan scan) throws IOException {
        if (files.size() == 1) {
            throw scan.damage().error();
        }
        Path last = files.get(files.size() - 1);
        SegmentScan before = strict(files.get(files.size() - 2));
        SegmentEnd end = before.end();
        ActiveSegment active = ActiveSegment.create(
                disk,
                directory,
                end.endIndex(),
                Segment.turn(last),
                end.lastArrivalMicros(),
                before.steps(),
                buffer,
                intervalBytes);
        disk.forceDirectory(directory);
        return new Recovered(sealed, active, before, scan.isWhole() ? null : scan.damage());
    }

    private Segment sealedSegment(Path file, long endIndex) throws IOException {
        Path beside = Segment.indexFile(file);
        SegmentIndexFile.Content content = SegmentIndexFile.read(disk, beside, intervalBytes);
        if (content == null
                || content.end().bytes() != size(file)
                || content.end().endIndex() != endIndex) {
            SegmentScan scan = strict(file);
            if (scan.end().endIndex() != endIndex) {
                String problem = "entries " + scan.end().endIndex() + " to " + (endIndex - 1) + " are missing after it";
                throw new Damage(file, scan.end().bytes(), problem).error();
            }
            content = new SegmentIndexFile.Content(scan.end(), scan.index());
            SegmentIndexFile.write(disk, beside, scan.end(), scan.index());
        }
        Segment segment = new Segment(disk, file, Segment.baseIndex(file), content.index());
        segment.seal(content.end());
        return segment;
    }

    private SegmentScan strict(Path file) throws IOException {
        SegmentScan scan = SegmentScan.of(disk, file, intervalBytes);
        if (!scan.isWhole() || scan.isEmpty()) {
            throw scan.damage().error();
        }
        return scan;
    }

    private long size(Path file) throws IOException {
        try (ReadableFile in = disk.openToRead(file)) {
            return in.size();
        }
    }
}
