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
 * each frame. The last segment is read from start to end; a torn tail is cut off. Where anything else of it is
 * not as it was written, the shard can be read up to there and not be written.
 */
public final class ShardRecovery {

    private final Disk disk;
    private final Path directory;
    private final ByteBuffer buffer;
    private final int intervalBytes;
    private final List<Segment> sealed = new ArrayList<>();
    private final List<Damage> damages = new ArrayList<>();

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
     * @param sealed all segments but the active one, ascending
     * @param active the last, ready to be written; null where the shard's end is damaged
     * @param last what the last segment, or the one before where that had to be made again, says
     * @param cut what was cut off at the end, null where all was whole
     * @param damage what keeps the shard from being written, null where nothing does
     * @param lostEndIndex the index after the last entry found behind the damage, 0 where none was
     */
    public record Recovered(
            List<Segment> sealed,
            @Nullable ActiveSegment active,
            SegmentScan last,
            @Nullable Damage cut,
            @Nullable Damage damage,
            long lostEndIndex) {

        private static Recovered whole(
                List<Segment> sealed, ActiveSegment active, SegmentScan last, @Nullable Damage cut) {
            return new Recovered(sealed, active, last, cut, null, 0);
        }

        /** Returns the end of what can be read. */
        public SegmentEnd end() {
            return last.end();
        }
    }

    /**
     * Opens the shard.
     *
     * @throws io.millrace.spi.error.MillraceException {@code DATA_CORRUPTED} where nothing of it can be read
     */
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
        boolean damaged = belowMark || (!scan.isWhole() && scan.lostDurable());
        int sealedFiles = scan.isEmpty() && !damaged ? files.size() - 2 : files.size() - 1;
        for (int i = 0; i < sealedFiles; i++) {
            sealed.add(sealedSegment(files.get(i), Segment.baseIndex(files.get(i + 1))));
        }
        if (damaged) {
            return damaged(last, scan, scan.lostEndIndex());
        }
        if (scan.isEmpty()) {
            return withoutLast(files, scan);
        }
        Damage cut = scan.isWhole() ? null : scan.damage();
        return Recovered.whole(sealed, ActiveSegment.resume(disk, last, scan, buffer), scan, cut);
    }

    /** What is whole of the segment can be read; nothing follows it. */
    private Recovered damaged(Path file, SegmentScan scan, long lostEndIndex) {
        Segment segment = new Segment(disk, file, Segment.baseIndex(file), scan.index());
        segment.seal(scan.end());
        sealed.add(segment);
        return new Recovered(sealed, null, scan, null, scan.damage(), lostEndIndex);
    }

    // The process died while it started the last segment, so nothing was ever acknowledged that lay there.
    private Recovered withoutLast(List<Path> files, SegmentScan scan) throws IOException {
        Path last = files.get(files.size() - 1);
        if (files.size() == 1) {
            return damaged(last, scan, 0);
        }
        Path file = files.get(files.size() - 2);
        SegmentScan before = SegmentScan.of(disk, file, intervalBytes);
        if (!before.isWhole() || before.end().endIndex() != Segment.baseIndex(last)) {
            return damaged(file, before, Segment.baseIndex(last));
        }
        sealed.add(sealedSegment(file, Segment.baseIndex(last)));
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
        return Recovered.whole(sealed, active, before, scan.isWhole() ? null : scan.damage());
    }

    /**
     * A sealed segment that is damaged stops nobody but its readers, once they come to the place: its end is taken
     * from where the next one begins, and no index is written beside it, so that each start looks again.
     */
    private Segment sealedSegment(Path file, long endIndex) throws IOException {
        Path beside = Segment.indexFile(file);
        SegmentIndexFile.Content content = SegmentIndexFile.read(disk, beside, intervalBytes);
        long bytes = size(file);
        if (content == null || content.end().bytes() != bytes || content.end().endIndex() != endIndex) {
            SegmentScan scan = SegmentScan.of(disk, file, intervalBytes);
            if (scan.isWhole() && scan.end().endIndex() == endIndex) {
                SegmentIndexFile.write(disk, beside, scan.end(), scan.index());
                content = new SegmentIndexFile.Content(scan.end(), scan.index());
            } else {
                SegmentEnd claimed =
                        new SegmentEnd(endIndex, (int) bytes, scan.end().lastArrivalMicros());
                content = new SegmentIndexFile.Content(claimed, scan.index());
                damages.add(scan.damage());
            }
        }
        Segment segment = new Segment(disk, file, Segment.baseIndex(file), content.index());
        segment.seal(content.end());
        return segment;
    }

    /** Returns the damage found in segments that are no longer written. */
    public List<Damage> damages() {
        return damages;
    }

    private long size(Path file) throws IOException {
        try (ReadableFile in = disk.openToRead(file)) {
            return in.size();
        }
    }
}
