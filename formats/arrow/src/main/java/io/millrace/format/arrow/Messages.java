package io.millrace.format.arrow;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.Schema;
import org.jspecify.annotations.Nullable;

/** The messages of a file or a stream. */
abstract sealed class Messages permits FileMessages, StreamMessages {

    /** A message with its body. */
    record Encapsulated(Message message, byte[] body) {}

    private final SeekableByteChannel file;

    Messages(SeekableByteChannel file) {
        this.file = file;
    }

    final SeekableByteChannel file() {
        return file;
    }

    abstract Schema schema();

    /** Returns the next message behind the schema, or null behind the last. */
    abstract @Nullable Encapsulated next() throws IOException;

    /** Reads the message at the file's position, or returns null at the mark of the end. */
    final @Nullable Encapsulated readMessage() throws IOException {
        int length = read(Integer.BYTES).getInt();
        // Before 0.15 the length stood alone.
        int metadataBytes =
                length == MessageWriter.CONTINUES ? read(Integer.BYTES).getInt() : length;
        if (metadataBytes == 0) {
            return null;
        }
        Message message = Message.getRootAsMessage(read(metadataBytes));
        return new Encapsulated(message, read(message.bodyLength()).array());
    }

    /** Reads so many bytes, all of which must be there. */
    final ByteBuffer read(long length) throws IOException {
        if (length < 0 || length > file.size() - file.position() || length > Integer.MAX_VALUE - 8) {
            throw new EOFException(
                    "at byte " + file.position() + " it should have " + length + " more bytes of " + file.size());
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (file.read(bytes) < 0) {
                throw new EOFException("it shrinks while it is read");
            }
        }
        return bytes.flip();
    }

    final void close() throws IOException {
        file.close();
    }
}
