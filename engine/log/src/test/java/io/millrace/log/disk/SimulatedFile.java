package io.millrace.log.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A file of a {@link SimulatedDisk}: what the process sees, what is durable, and what lies between them. */
final class SimulatedFile implements WritableFile {

    private static final int SECTOR_BYTES = 512;

    private final SimulatedDisk disk;
    private final List<Change> unforced = new ArrayList<>();
    private byte[] live = {};
    private byte[] durable = {};

    /** A write, or a cut where the bytes are null. */
    private record Change(int position, byte[] bytes) {}

    SimulatedFile(SimulatedDisk disk) {
        this.disk = disk;
    }

    SimulatedFile detached() {
        SimulatedFile copy = new SimulatedFile(disk);
        copy.live = live.clone();
        copy.durable = durable.clone();
        copy.unforced.addAll(unforced);
        return copy;
    }

    byte[] bytes() {
        return live.clone();
    }

    void replace(byte[] bytes) {
        live = bytes.clone();
        durable = bytes.clone();
        unforced.clear();
    }

    void crash() {
        settle();
        live = durable.clone();
    }

    // Any sector of any write may have reached the disk.
    private void settle() {
        double share = new double[] {0, 0.5, 0.9, 1}[disk.random().nextInt(4)];
        for (Change change : unforced) {
            if (change.bytes() == null) {
                durable = disk.random().nextDouble() < share ? cut(durable, change.position()) : durable;
            } else {
                settle(change, share);
            }
        }
        unforced.clear();
    }

    private void settle(Change write, double share) {
        int end = write.position() + write.bytes().length;
        for (int at = write.position(); at < end; ) {
            int next = Math.min(end, (at / SECTOR_BYTES + 1) * SECTOR_BYTES);
            if (disk.random().nextDouble() < share) {
                durable = written(durable, at, write.bytes(), at - write.position(), next - at);
            }
            at = next;
        }
    }

    private static byte[] cut(byte[] file, int length) {
        return file.length <= length ? file : Arrays.copyOf(file, length);
    }

    private static byte[] written(byte[] file, int position, byte[] source, int start, int length) {
        byte[] changed = Arrays.copyOf(file, Math.max(file.length, position + length));
        System.arraycopy(source, start, changed, position, length);
        return changed;
    }

    @Override
    public int write(ByteBuffer source, long bytePosition) throws IOException {
        disk.beforeOperation();
        int wanted = source.remaining();
        int chosen = wanted > 1 && disk.random().nextInt(4) == 0 ? disk.random().nextInt(1, wanted) : wanted;
        byte[] bytes = new byte[disk.take(chosen)];
        source.get(bytes);
        live = written(live, (int) bytePosition, bytes, 0, bytes.length);
        unforced.add(new Change((int) bytePosition, bytes));
        return bytes.length;
    }

    @Override
    public void force() throws IOException {
        disk.beforeOperation();
        if (disk.forceFails()) {
            // As Linux does: the pages count as clean from now on, whether they were written or not.
            settle();
            throw new IOException("Input/output error");
        }
        for (Change change : unforced) {
            durable = change.bytes() == null
                    ? cut(durable, change.position())
                    : written(durable, change.position(), change.bytes(), 0, change.bytes().length);
        }
        unforced.clear();
        // The length is the file system's own affair: its journal does not forget a cut.
        durable = Arrays.copyOf(durable, live.length);
    }

    @Override
    public void truncate(long bytes) throws IOException {
        disk.beforeOperation();
        live = cut(live, (int) bytes);
        unforced.add(new Change((int) bytes, null));
    }

    @Override
    public long size() {
        return live.length;
    }

    @Override
    public void close() {}

    ReadableFile reading() {
        return new Reading();
    }

    private final class Reading implements ReadableFile {
        @Override
        public int read(ByteBuffer target, long bytePosition) {
            int length = (int) Math.min(target.remaining(), live.length - bytePosition);
            if (length <= 0) {
                return -1;
            }
            target.put(live, (int) bytePosition, length);
            return length;
        }

        @Override
        public ByteBuffer map(long bytes) {
            return ByteBuffer.wrap(Arrays.copyOf(live, (int) bytes));
        }

        @Override
        public long size() {
            return live.length;
        }

        @Override
        public void close() {}
    }
}
