package io.millrace.connector.file;

import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.error.MillraceException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file in the staging directory while it is written. */
final class StagedFile implements StagedObject {

    private static final int BUFFER_BYTES = 64 << 10;

    private final Path open;
    private final Path sealed;
    private final FileChannel channel;
    private final OutputStream out;
    private boolean done;

    static StagedFile create(Path open, Path sealed) throws IOException {
        try {
            return new StagedFile(
                    open, sealed, FileChannel.open(open, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw Durable.orDiskFull(e, open);
        }
    }

    StagedFile(Path open, Path sealed, FileChannel channel) {
        this.open = open;
        this.sealed = sealed;
        this.channel = channel;
        this.out = new BufferedOutputStream(new DroppingStream(Channels.newOutputStream(channel)), BUFFER_BYTES);
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public void seal() throws IOException {
        try {
            out.flush();
            channel.force(true);
            channel.close();
            Files.move(open, sealed, StandardCopyOption.ATOMIC_MOVE);
            Path directory = sealed.getParent();
            Durable.syncDirectory(directory);
            done = true;
        } catch (IOException e) {
            throw dropped(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!done) {
            done = true;
            Files.deleteIfExists(open);
        }
    }

    /** Makes room at once: a file that could not be written whole is of no use to anybody. */
    private IOException dropped(IOException failure) throws IOException {
        MillraceException full = Durable.diskFull(failure, open);
        try {
            close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        if (full != null) {
            throw full;
        }
        return failure;
    }

    /** Passes bytes on and drops the file where they do not fit on the disk. */
    private final class DroppingStream extends OutputStream {

        private final OutputStream file;

        DroppingStream(OutputStream file) {
            this.file = file;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                file.write(bytes, offset, length);
            } catch (IOException e) {
                throw dropped(e);
            }
        }
    }
}
