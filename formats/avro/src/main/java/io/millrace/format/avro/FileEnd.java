package io.millrace.format.avro;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Whether a file ends where a block ends. Avro's own reader takes a block that is cut off for the end of the file, and
 * its rows would be missing without a word. Each block, and the header, ends with the file's marker.
 */
final class FileEnd {

    private static final int MAGIC_BYTES = 4;
    private static final int MARKER_BYTES = 16;

    private FileEnd() {}

    /** Fails where the file is cut off. Leaves it at its start. */
    static void check(SeekableByteChannel file) throws IOException {
        byte[] marker = marker(file);
        ByteBuffer end = ByteBuffer.allocate(MARKER_BYTES);
        file.position(file.size() - MARKER_BYTES);
        while (end.hasRemaining()) {
            if (file.read(end) < 0) {
                throw new EOFException("it shrinks while it is read");
            }
        }
        if (!Arrays.equals(end.array(), marker)) {
            throw new EOFException("it ends in the middle of a block");
        }
        file.position(0);
    }

    /** Returns what stands behind the header: magic, and a map of metadata. */
    private static byte[] marker(SeekableByteChannel file) throws IOException {
        BinaryDecoder in = DecoderFactory.get().binaryDecoder(Channels.newInputStream(file), null);
        in.skipFixed(MAGIC_BYTES);
        for (long left = in.readMapStart(); left > 0; left = in.mapNext()) {
            for (long i = 0; i < left; i++) {
                in.skipString();
                in.skipBytes();
            }
        }
        byte[] marker = new byte[MARKER_BYTES];
        in.readFixed(marker);
        return marker;
    }
}
