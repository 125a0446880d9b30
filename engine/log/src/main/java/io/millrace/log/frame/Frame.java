package io.millrace.log.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A frame that is complete but for its place in the log. For one thread at a time. */
public final class Frame {

    private final ByteBuffer bytes;
    private final int count;

    Frame(byte[] bytes, int length, int count) {
        this.bytes = ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN);
        this.count = count;
    }

    /** Returns how many entries it holds. */
    public int count() {
        return count;
    }

    public int length() {
        return bytes.limit();
    }

    /** Gives the frame its place and with it the checksum of its head. May be called again for another place. */
    public void place(long firstIndex, long arrivalMicros, int schemaPosition, int groupPosition) {
        bytes.putLong(FrameHead.AT_FIRST_INDEX, firstIndex);
        bytes.putLong(FrameHead.AT_ARRIVAL, arrivalMicros);
        bytes.putInt(FrameHead.AT_SCHEMA, schemaPosition);
        bytes.putInt(FrameHead.AT_GROUP, groupPosition);
        int head = bytes.getInt(FrameHead.AT_HEAD_BYTES);
        int sum = Checksum.of(bytes, FrameHead.AT_FRAME_BYTES, head - FrameHead.AT_FRAME_BYTES);
        bytes.putInt(FrameHead.AT_CHECKSUM, sum);
    }

    /** Returns the frame's bytes, to read from first to last. */
    public ByteBuffer bytes() {
        return bytes.duplicate().rewind();
    }
}
