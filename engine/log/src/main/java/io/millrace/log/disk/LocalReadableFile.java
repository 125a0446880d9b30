package io.millrace.log.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of this machine, open for reading.
 *
 * <p>An interrupt closes a channel under its reader's hands, and whoever reads a log may be interrupted
 * for reasons of its own. So the channel is opened anew and the interrupt kept for who it was meant for.
 */
final class LocalReadableFile implements ReadableFile {

    private final Path file;
    private FileChannel channel;

    LocalReadableFile(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    @Override
    public int read(ByteBuffer target, long bytePosition) throws IOException {
        int start = target.position();
        return uninterrupted(() -> {
            // A read that an interrupt ended may have moved the buffer on before it failed.
            target.position(start);
            return channel.read(target, bytePosition);
        });
    }

    @Override
    public ByteBuffer map(long bytes) throws IOException {
        return uninterrupted(() -> channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes));
    }

    @Override
    public long size() throws IOException {
        return uninterrupted(() -> channel.size());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private <T> T uninterrupted(FileCall<T> call) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return call.run();
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                    channel = FileChannel.open(file, StandardOpenOption.READ);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private interface FileCall<T> {
        T run() throws IOException;
    }
}
