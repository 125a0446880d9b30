package io.millrace.delivery.spool;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;

/** A stream as a file for those who read it from front to back. Its size is not known, and so without end. */
final class ForwardChannel implements SeekableByteChannel {

    private final ReadableByteChannel in;
    private long position;

    ForwardChannel(InputStream in) {
        this.in = Channels.newChannel(new BufferedInputStream(in, 1 << 16));
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int count = in.read(target);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long size() {
        return Long.MAX_VALUE;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        throw new UnsupportedOperationException("it goes forward only");
    }

    @Override
    public int write(ByteBuffer source) {
        throw new UnsupportedOperationException("it is read only");
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new UnsupportedOperationException("it is read only");
    }

    @Override
    public boolean isOpen() {
        return in.isOpen();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
