package io.millrace.format.arrow;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Schema;
import org.jspecify.annotations.Nullable;

/** The record batches of a file, in the order of its footer. */
final class FileMessages extends Messages {

    private final Footer footer;
    private int next;

    FileMessages(SeekableByteChannel file) throws IOException {
        super(file);
        byte[] magic = ArrowFileWriter.magic();
        int tail = Integer.BYTES + magic.length;
        if (file.size() < MessageWriter.padded(magic.length) + tail
                || !magicAt(0)
                || !magicAt(file.size() - magic.length)) {
            throw new IOException("it does not start and end with ARROW1");
        }
        file.position(file.size() - tail);
        int length = read(Integer.BYTES).getInt();
        file.position(Math.max(0, file.size() - tail - length));
        footer = Footer.getRootAsFooter(read(length));
    }

    private boolean magicAt(long position) throws IOException {
        byte[] magic = ArrowFileWriter.magic();
        file().position(position);
        return Arrays.equals(read(magic.length).array(), magic);
    }

    @Override
    Schema schema() {
        return footer.schema();
    }

    @Override
    @Nullable
    Encapsulated next() throws IOException {
        if (next == footer.recordBatchesLength()) {
            return null;
        }
        Block block = footer.recordBatches(next++);
        file().position(block.offset());
        Encapsulated message = readMessage();
        if (message == null) {
            throw new IOException("at byte " + block.offset() + " there is no record batch");
        }
        return message;
    }
}
