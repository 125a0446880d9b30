package io.millrace.format.arrow;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.Schema;
import org.jspecify.annotations.Nullable;

/** The messages of a stream, one behind the other. */
final class StreamMessages extends Messages {

    private final Schema schema;
    private boolean ended;

    StreamMessages(SeekableByteChannel file) throws IOException {
        super(file);
        Encapsulated first = readMessage();
        if (first == null || first.message().headerType() != MessageHeader.Schema) {
            throw new IOException("it does not start with a schema");
        }
        schema = (Schema) first.message().header(new Schema());
    }

    @Override
    Schema schema() {
        return schema;
    }

    @Override
    @Nullable
    Encapsulated next() throws IOException {
        Encapsulated message = ended ? null : readMessage();
        ended = message == null;
        return message;
    }
}
