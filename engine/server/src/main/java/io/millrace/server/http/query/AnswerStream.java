package io.millrace.server.http.query;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * The body of an answer on its way to the client, in chunks. The headers go out before the first. A chunk is sent when
 * the client has taken the one before, so at most two are in memory. For one thread, which waits.
 */
final class AnswerStream extends OutputStream {

    static final int CHUNK_BYTES = 64 << 10;

    private final HttpResponseWriter response;
    private final MediaType type;
    private final Runnable onStart;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private int length;
    private volatile boolean started;

    /** @param onStart called when something is sent for the first time, before the first wait */
    AnswerStream(HttpResponseWriter response, MediaType type, Runnable onStart) {
        this.response = response;
        this.type = type;
        this.onStart = onStart;
    }

    /** Returns whether something was sent, so that the status is said. */
    boolean started() {
        return started;
    }

    @Override
    public void write(int b) throws IOException {
        if (length == CHUNK_BYTES) {
            send();
        }
        chunk[length++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        for (int done = 0; done < count; ) {
            if (length == CHUNK_BYTES) {
                send();
            }
            int some = Math.min(count - done, CHUNK_BYTES - length);
            System.arraycopy(bytes, offset + done, chunk, length, some);
            length += some;
            done += some;
        }
    }

    /** Sends what there is, and be it the headers alone. */
    @Override
    public void flush() throws IOException {
        if (!started || length > 0) {
            send();
        }
    }

    private void send() throws IOException {
        if (!started) {
            started = true;
            onStart.run();
            put(ResponseHeaders.builder(HttpStatus.OK)
                    .contentType(type)
                    .add(HttpHeaderNames.CACHE_CONTROL, "no-store")
                    .build());
        }
        if (length > 0) {
            put(HttpData.wrap(Arrays.copyOf(chunk, length)));
            length = 0;
        }
        response.whenConsumed().join();
    }

    private void put(HttpObject object) throws IOException {
        if (!response.tryWrite(object)) {
            throw new IOException("the client has left");
        }
    }

    /** Ends the answer as whole. */
    void finish() throws IOException {
        flush();
        response.close();
    }
}
