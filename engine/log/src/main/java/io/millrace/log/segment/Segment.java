package io.millrace.log.segment;

import io.millrace.log.disk.Disk;
import io.millrace.log.disk.ReadableFile;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One file of a shard, as readers see it. Safe for use by several threads. */
public final class Segment {

    /** Segments are shorter than this, since a mapped file is addressed by an int. */
    public static final int BYTES_MAX = Integer.MAX_VALUE;

    private static final Pattern NAME = Pattern.compile("(\\d{20})-(\\d{6})\\.log");

    private final Disk disk;
    private final Path file;
    private final long baseIndex;
    private final SparseIndex index;
    private volatile @Nullable SegmentEnd end;
    private WeakReference<ByteBuffer> mapped = new WeakReference<>(null);

    Segment(Disk disk, Path file, long baseIndex, SparseIndex index) {
        this.disk = disk;
        this.file = file;
        this.baseIndex = baseIndex;
        this.index = index;
    }

    /**
     * Returns the file of a segment.
     *
     * @param baseIndex index of its first entry
     * @param turn how many segments before it have no entry and thus the same base index
     */
    static Path file(Path directory, long baseIndex, int turn) {
        return directory.resolve(String.format(Locale.ROOT, "%020d-%06d.log", baseIndex, turn));
    }

    static boolean isSegment(Path file) {
        return NAME.matcher(name(file)).matches();
    }

    static long baseIndex(Path file) {
        return Long.parseLong(name(file), 0, 20, 10);
    }

    static int turn(Path file) {
        return Integer.parseInt(name(file), 21, 27, 10);
    }

    static Path indexFile(Path file) {
        return file.resolveSibling(name(file).replace(".log", ".index"));
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    public Path file() {
        return file;
    }

    /** Returns the index of its first entry. */
    public long baseIndex() {
        return baseIndex;
    }

    public SparseIndex index() {
        return index;
    }

    /** Returns how far it reaches, null as long as it is written. */
    public @Nullable SegmentEnd end() {
        return end;
    }

    void seal(SegmentEnd sealed) {
        end = sealed;
    }

    ReadableFile open() throws IOException {
        return disk.openToRead(file);
    }

    /** Returns the segment's first bytes, at least so many, as memory shared by all who ask. */
    synchronized ByteBuffer map(int bytes) throws IOException {
        ByteBuffer shared = mapped.get();
        if (shared == null || shared.capacity() < bytes) {
            try (ReadableFile in = open()) {
                shared = in.map(bytes);
            }
            mapped = new WeakReference<>(shared);
        }
        return shared.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Deletes the files. Who has mapped the segment keeps what is mapped. */
    public void delete() throws IOException {
        Path beside = indexFile(file);
        if (disk.exists(beside)) {
            disk.delete(beside);
        }
        disk.delete(file);
    }
}
