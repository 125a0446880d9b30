package io.millrace.format.orc;

import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.jspecify.annotations.Nullable;

/**
 * A file system of one file, a channel, by which ORC's reader gets at it. None of Hadoop's own is set up, and what
 * a reader does not ask for is refused. For one thread at a time.
 */
final class ChannelFileSystem extends FileSystem {

    /** The only file there is. */
    static final Path FILE = new Path("millrace:/file.orc");

    private final SeekableByteChannel file;
    private @Nullable IOException failure;

    ChannelFileSystem(SeekableByteChannel file, Configuration configuration) {
        setConf(configuration);
        this.file = file;
    }

    /** Returns what the channel failed with, or null where it did not. */
    @Nullable
    IOException failure() {
        return failure;
    }

    @Override
    public URI getUri() {
        return FILE.toUri();
    }

    @Override
    public FSDataInputStream open(Path path, int bufferBytes) {
        return new FSDataInputStream(new ChannelStream());
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        return new FileStatus(file.size(), false, 1, 1, 0, FILE);
    }

    @Override
    public FSDataOutputStream create(
            Path path,
            FsPermission permission,
            boolean overwrite,
            int bufferBytes,
            short replication,
            long blockBytes,
            Progressable progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FSDataOutputStream append(Path path, int bufferBytes, Progressable progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean rename(Path from, Path to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean delete(Path path, boolean recursive) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileStatus[] listStatus(Path path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setWorkingDirectory(Path directory) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path getWorkingDirectory() {
        return FILE.getParent();
    }

    @Override
    public boolean mkdirs(Path path, FsPermission permission) {
        throw new UnsupportedOperationException();
    }

    /** The channel as a stream that can be read anywhere. Closing it leaves the channel open: it is the reader's. */
    private final class ChannelStream extends FSInputStream {
        private long position;

        @Override
        public void seek(long target) throws IOException {
            if (target < 0 || target > file.size()) {
                throw new EOFException("the file ends before byte " + target);
            }
            position = target;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public boolean seekToNewSource(long target) {
            return false;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = read(position, bytes, offset, length);
            position += Math.max(read, 0);
            return read;
        }

        @Override
        public int read(long from, byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            try {
                file.position(from);
                return file.read(ByteBuffer.wrap(bytes, offset, length));
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
