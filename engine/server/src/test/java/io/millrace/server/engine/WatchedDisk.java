package io.millrace.server.engine;

import io.millrace.log.disk.Disk;
import io.millrace.log.disk.LocalDisk;
import io.millrace.log.disk.ReadableFile;
import io.millrace.log.disk.WritableFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** The disk of this machine, and somebody who is asked before each change of it. */
final class WatchedDisk implements Disk {

    private final Disk disk = new LocalDisk();
    private volatile Watcher watcher = (change, path) -> {};

    /** Is told of a change before it is made, and prevents it by throwing. */
    @FunctionalInterface
    interface Watcher {
        void before(String change, Path path) throws IOException;
    }

    void watch(Watcher newWatcher) {
        watcher = newWatcher;
    }

    @Override
    public WritableFile openToWrite(Path file) throws IOException {
        watcher.before("open", file);
        return new WatchedFile(file, disk.openToWrite(file));
    }

    @Override
    public ReadableFile openToRead(Path file) throws IOException {
        return disk.openToRead(file);
    }

    @Override
    public boolean exists(Path path) throws IOException {
        return disk.exists(path);
    }

    @Override
    public boolean isDirectory(Path path) throws IOException {
        return disk.isDirectory(path);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        watcher.before("create", directory);
        disk.createDirectories(directory);
    }

    @Override
    public void move(Path source, Path target) throws IOException {
        watcher.before("move", source);
        disk.move(source, target);
    }

    @Override
    public void delete(Path path) throws IOException {
        watcher.before("delete", path);
        disk.delete(path);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        watcher.before("force", directory);
        disk.forceDirectory(directory);
    }

    @Override
    public Closeable lock(Path file) throws IOException {
        return disk.lock(file);
    }

    /** A file whose writer is watched as well. */
    private final class WatchedFile implements WritableFile {

        private final Path path;
        private final WritableFile file;

        WatchedFile(Path path, WritableFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public int write(ByteBuffer source, long bytePosition) throws IOException {
            watcher.before("write", path);
            return file.write(source, bytePosition);
        }

        @Override
        public void force() throws IOException {
            watcher.before("force", path);
            file.force();
        }

        @Override
        public void truncate(long bytes) throws IOException {
            watcher.before("truncate", path);
            file.truncate(bytes);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
