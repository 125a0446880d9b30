package io.millrace.server.embedded;

import io.millrace.jdbc.wire.Link;
import io.millrace.server.postgres.ClientStreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** One end of a pair of pipes: the driver's or the engine's. Safe for use by several threads. */
final class PipeEnd implements Link, ClientStreams {

    private static final int BYTES_MAX = 1 << 16;

    private final BoundedPipe incoming;
    private final BoundedPipe outgoing;

    private PipeEnd(BoundedPipe incoming, BoundedPipe outgoing) {
        this.incoming = incoming;
        this.outgoing = outgoing;
    }

    /** Two ends that are connected. */
    record Pair(PipeEnd driver, PipeEnd engine) {}

    static Pair pair() {
        BoundedPipe requests = new BoundedPipe(BYTES_MAX);
        BoundedPipe answers = new BoundedPipe(BYTES_MAX);
        return new Pair(new PipeEnd(answers, requests), new PipeEnd(requests, answers));
    }

    @Override
    public InputStream in() {
        return new Incoming(incoming);
    }

    @Override
    public OutputStream out() {
        return new Outgoing(outgoing);
    }

    @Override
    public boolean local() {
        return true;
    }

    @Override
    public void readTimeout(int millis) {
        incoming.readTimeout(millis);
    }

    @Override
    public void close() {
        incoming.breakOff();
        outgoing.end();
    }

    private static final class Incoming extends InputStream {

        private final BoundedPipe pipe;

        Incoming(BoundedPipe pipe) {
            this.pipe = pipe;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return pipe.read(bytes, offset, length);
        }

        @Override
        public int available() {
            return pipe.available();
        }
    }

    private static final class Outgoing extends OutputStream {

        private final BoundedPipe pipe;

        Outgoing(BoundedPipe pipe) {
            this.pipe = pipe;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            pipe.write(bytes, offset, length);
        }
    }
}
