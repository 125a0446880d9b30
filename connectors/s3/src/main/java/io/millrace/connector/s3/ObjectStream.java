package io.millrace.connector.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/**
 * The bytes of an object from one place to another. Where an answer breaks off, or nothing comes for too long, it is gone
 * on with by another request for the rest, as often as calls are tried, counted from the last byte that came. For one
 * thread at a time, but for {@link #abort}.
 */
final class ObjectStream extends InputStream {

    private static final BackoffStrategy PAUSES =
            BackoffStrategy.exponentialDelay(Duration.ofMillis(50), Duration.ofSeconds(5));

    /** Sends for a part of one version of an object. */
    @FunctionalInterface
    interface Ranges {
        InputStream open(long from, long length) throws IOException;
    }

    private final Ranges ranges;
    private final int attemptsMax;
    private final Runnable onClose;
    private final long end;
    private long position;
    private int failures;
    private volatile @Nullable InputStream in;
    private volatile boolean aborted;

    /**
     * @param begun the first answer where it is there already, or null
     * @param attemptsMax how often it is tried to get a byte
     * @param onClose called when nothing more will be read
     */
    ObjectStream(
            Ranges ranges, @Nullable InputStream begun, long from, long length, int attemptsMax, Runnable onClose) {
        this.ranges = ranges;
        this.in = begun;
        this.position = from;
        this.end = from + length;
        this.attemptsMax = attemptsMax;
        this.onClose = onClose;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, to.length);
        if (length == 0) {
            return 0;
        }
        while (position < end) {
            try {
                int read = opened().read(to, offset, (int) Math.min(length, end - position));
                if (read > 0) {
                    position += read;
                    failures = 0;
                    return read;
                }
                throw new EOFException("the answer ended " + (end - position) + " bytes too early");
            } catch (IOException | SdkException e) {
                brokenOff(e);
            }
        }
        return -1;
    }

    private InputStream opened() throws IOException {
        InputStream open = in;
        if (open == null) {
            open = ranges.open(position, end - position);
            in = open;
        }
        if (aborted) {
            abort(open);
            throw new InterruptedIOException("the object is not wanted any more");
        }
        return open;
    }

    private void brokenOff(Exception failure) throws IOException {
        drop();
        failures++;
        if (aborted || failures >= attemptsMax) {
            throw failure instanceof IOException e ? e : new IOException(failure.getMessage(), failure);
        }
        try {
            Thread.sleep(PAUSES.computeDelay(failures));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while an object is read");
        }
    }

    @Override
    public int available() throws IOException {
        InputStream open = in;
        return open == null ? 0 : open.available();
    }

    /** Has whoever reads fail at once. For all threads. */
    void abort() {
        aborted = true;
        InputStream open = in;
        if (open != null) {
            abort(open);
        }
    }

    private static void abort(InputStream open) {
        // Closing alone would read on, to use the connection again.
        if (open instanceof Abortable answer) {
            answer.abort();
        }
    }

    private void drop() {
        InputStream open = in;
        in = null;
        if (open != null) {
            abort(open);
        }
    }

    @Override
    public void close() throws IOException {
        InputStream open = in;
        in = null;
        if (open != null && position < end) {
            abort(open);
        } else if (open != null) {
            open.close();
        }
        position = end;
        onClose.run();
    }
}
