package io.millrace.log.segment;

import io.millrace.log.disk.Disk;
import io.millrace.log.disk.WritableFile;
import io.millrace.log.frame.Frame;
import io.millrace.log.frame.SchemaFrame;
import io.millrace.log.frame.SegmentFrame;
import io.millrace.spi.type.DataType.RowType;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The segment that a shard's writer appends to: frames are staged, then committed or cut off together.
 * For one thread at a time.
 *
 * <pre>
 *   │ durable frames │ staged frames │
 *                    ▲ bytes()       ▲ stagedEnd()
 * </pre>
 */
public final class ActiveSegment implements Closeable {

    private final Segment segment;
    private final WritableFile file;
    private final ByteBuffer buffer;
    private final Map<RowType, Integer> schemas;
    private int firstFrameBytes;
    private int bytes;
    private int stagedEnd;
    private @Nullable RowType lastType;
    private int lastSchema;

    private ActiveSegment(
            Segment segment, WritableFile file, ByteBuffer buffer, Map<RowType, Integer> schemas, int bytes) {
        this.segment = segment;
        this.file = file;
        this.buffer = buffer;
        this.schemas = schemas;
        this.bytes = bytes;
        this.stagedEnd = bytes;
    }

    /**
     * Starts a segment with its first frame, durable except for its name in the directory.
     *
     * @param baseIndex index of the entry that comes next
     * @param turn how many segments before it have the same base index
     * @param arrivalMicros the newest arrival time so far
     * @param steps each producer's last step so far
     * @param buffer memory through which all writing goes, shared with others of the same thread
     */
    public static ActiveSegment create(
            Disk disk,
            Path directory,
            long baseIndex,
            int turn,
            long arrivalMicros,
            Map<String, Long> steps,
            ByteBuffer buffer,
            int intervalBytes)
            throws IOException {
        Path path = Segment.file(directory, baseIndex, turn);
        Segment segment = new Segment(disk, path, baseIndex, new SparseIndex(intervalBytes));
        WritableFile file = disk.openToWrite(path);
        ActiveSegment active = new ActiveSegment(segment, file, buffer, new HashMap<>(), 0);
        try {
            file.truncate(0);
            Frame first = SegmentFrame.frame(steps);
            first.place(baseIndex, arrivalMicros, 0, 0);
            active.stage(first);
            active.flush();
            active.force();
            active.firstFrameBytes = active.bytes;
            return active;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Makes the first segment of a new shard, to be opened by a recovery later. */
    public static void start(Disk disk, Path directory, long arrivalMicros) throws IOException {
        create(disk, directory, 0, 0, arrivalMicros, Map.of(), ByteBuffer.allocate(1024), 1)
                .close();
    }

    /**
     * Goes on with a segment that was scanned: what is not whole is cut off, and what is whole but perhaps
     * not durable is written again, before anybody may read it.
     */
    static ActiveSegment resume(Disk disk, Path path, SegmentScan scan, ByteBuffer buffer) throws IOException {
        Segment segment = new Segment(disk, path, Segment.baseIndex(path), scan.index());
        WritableFile file = disk.openToWrite(path);
        int end = scan.end().bytes();
        if (scan.fileBytes() != end) {
            file.truncate(end);
        }
        ByteBuffer lastGroup = scan.lastGroup();
        file.writeFully(lastGroup, end - lastGroup.remaining());
        file.force();
        ActiveSegment active = new ActiveSegment(segment, file, buffer, new HashMap<>(scan.schemas()), end);
        active.firstFrameBytes = scan.firstFrameBytes();
        return active;
    }

    public Segment segment() {
        return segment;
    }

    /** Returns the turn of a segment that follows this one and starts at an index. */
    public int turnBefore(long nextIndex) {
        return nextIndex == segment.baseIndex() ? Segment.turn(segment.file()) + 1 : 0;
    }

    /** Returns whether there is nothing durable but the first frame. */
    public boolean isEmpty() {
        return bytes == firstFrameBytes;
    }

    /** Returns how much of the segment is durable. */
    public int bytes() {
        return bytes;
    }

    /** Returns where the next frame is staged. */
    public int stagedEnd() {
        return stagedEnd;
    }

    /** Writes a frame, not yet durable, and returns where it starts. */
    public int stage(Frame frame) throws IOException {
        int position = stagedEnd;
        ByteBuffer source = frame.bytes();
        stagedEnd = Math.addExact(stagedEnd, frame.length());
        while (source.hasRemaining()) {
            if (!buffer.hasRemaining()) {
                flush(stagedEnd - source.remaining());
            }
            int length = Math.min(buffer.remaining(), source.remaining());
            buffer.put(buffer.position(), source, source.position(), length);
            buffer.position(buffer.position() + length);
            source.position(source.position() + length);
        }
        return position;
    }

    /** Returns where the schema frame of a row type starts; one is staged where the segment has none. */
    public int schema(RowType type, long nextIndex, long arrivalMicros) throws IOException {
        if (type.equals(lastType)) {
            return lastSchema;
        }
        Integer known = schemas.get(type);
        if (known == null) {
            Frame frame = SchemaFrame.frame(type);
            frame.place(nextIndex, arrivalMicros, 0, bytes);
            known = stage(frame);
            schemas.put(type, known);
        }
        lastType = type;
        lastSchema = known;
        return known;
    }

    /** Has all staged frames written to the file. */
    public void flush() throws IOException {
        flush(stagedEnd);
    }

    /** Makes all flushed frames durable. */
    public void force() throws IOException {
        file.force();
        bytes = stagedEnd;
    }

    /** Takes staged frames back, durably: none of them will be there after a crash. */
    public void cut() throws IOException {
        buffer.clear();
        schemas.values().removeIf(position -> position >= bytes);
        lastType = null;
        stagedEnd = bytes;
        file.truncate(bytes);
        file.force();
    }

    /**
     * Ends the segment for good and writes its index beside it. A failure leaves it sealed; recovery makes
     * the index again.
     */
    public void seal(Disk disk, SegmentEnd end) throws IOException {
        segment.seal(end);
        file.close();
        SegmentIndexFile.write(disk, Segment.indexFile(segment.file()), end, segment.index());
    }

    private void flush(int end) throws IOException {
        buffer.flip();
        int from = end - buffer.remaining();
        try {
            file.writeFully(buffer, from);
        } finally {
            buffer.clear();
        }
    }

    /** Closes the file and notes how far it is durable. */
    public void close(Disk disk) throws IOException {
        close();
        DurableMark.write(disk, segment.file(), bytes);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
