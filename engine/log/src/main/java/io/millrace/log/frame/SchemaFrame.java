package io.millrace.log.frame;

import io.millrace.spi.log.LogBatch;
import io.millrace.spi.type.DataType.RowType;
import java.nio.ByteBuffer;

/** Frames that hold a row type, which frames of rows after it refer to by its byte position. */
public final class SchemaFrame {

    private SchemaFrame() {}

    public static Frame frame(RowType type) {
        byte[] encoded = TypeCodec.encode(type);
        FrameBuilder frame = new FrameBuilder(FrameKind.SCHEMA, 1, null, encoded.length);
        frame.startSection();
        frame.putBytes(encoded, 0, encoded.length);
        frame.endSection();
        return frame.finish(0, LogBatch.NO_BOUND);
    }

    /**
     * Reads the row type of a frame that is whole.
     *
     * @param bytes where the frame lies, starting at {@code start}
     */
    public static RowType read(FrameHead head, ByteBuffer bytes, int start) {
        byte[] encoded = new byte[head.sectionLength(0)];
        bytes.get(start + head.sectionStart(0), encoded);
        return TypeCodec.decode(encoded);
    }
}
