package io.millrace.log.frame;

import io.millrace.spi.log.ProducerStep;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes one frame, from its head to its last section, into an array that grows. */
final class FrameBuilder {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int BYTES_MAX = Integer.MAX_VALUE - 64;

    private byte[] bytes;
    private int size;
    private int section = -1;

    /**
     * Starts a frame.
     *
     * @param bytesExpected what the sections will take, near enough
     */
    FrameBuilder(FrameKind kind, int sections, @Nullable ProducerStep step, long bytesExpected) {
        byte[] producer = step == null ? new byte[0] : step.producer().getBytes(StandardCharsets.UTF_8);
        int head = FrameHead.FIXED_BYTES + sections * FrameHead.SECTION_BYTES;
        if (step != null) {
            head = aligned(head + 4 + producer.length);
        }
        if (bytesExpected > BYTES_MAX - head) {
            throw new FrameTooLongException();
        }
        bytes = new byte[aligned(head + (int) bytesExpected)];
        size = head;
        setInt(0, FrameHead.MAGIC);
        setInt(FrameHead.AT_HEAD_BYTES, head);
        bytes[FrameHead.AT_KIND] = (byte) kind.number();
        bytes[FrameHead.AT_SECTIONS] = (byte) sections;
        bytes[FrameHead.AT_SECTIONS + 1] = (byte) (sections >> 8);
        if (step != null) {
            flag(FrameHead.FLAG_STEP);
            setLong(FrameHead.AT_STEP, step.step());
            int at = FrameHead.FIXED_BYTES + sections * FrameHead.SECTION_BYTES;
            setInt(at, producer.length);
            System.arraycopy(producer, 0, bytes, at + 4, producer.length);
        }
    }

    void flag(int flag) {
        bytes[FrameHead.AT_FLAGS] |= (byte) flag;
    }

    /** Starts the next section. */
    void startSection() {
        section++;
        setInt(directory(), size);
    }

    /** Ends a section: notes its length and checksum and pads to where the next may start. */
    void endSection() {
        align();
        int start = (int) INT.get(bytes, directory());
        setInt(directory() + 4, size - start);
        setInt(directory() + 8, Checksum.of(bytes, start, size - start));
    }

    /** Ends the frame. What only its place in the log tells is set by {@link Frame#place}. */
    Frame finish(int count, long rowtimeBound) {
        setInt(FrameHead.AT_FRAME_BYTES, size);
        setInt(FrameHead.AT_COUNT, count);
        setLong(FrameHead.AT_BOUND, rowtimeBound);
        return new Frame(bytes, size, count);
    }

    /** Returns where the next byte goes. */
    int size() {
        return size;
    }

    /** Makes room for so many bytes, zero for now, and returns where they start. */
    int reserve(int length) {
        int at = size;
        long needed = (long) at + length;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, grown(needed));
        }
        size = (int) needed;
        return at;
    }

    private int grown(long needed) {
        if (needed > BYTES_MAX) {
            throw new FrameTooLongException();
        }
        return aligned((int) Math.min(Math.max(needed, bytes.length * 2L), BYTES_MAX));
    }

    void align() {
        reserve(-size & (FrameHead.ALIGNMENT - 1));
    }

    byte[] bytes() {
        return bytes;
    }

    void setInt(int at, int value) {
        INT.set(bytes, at, value);
    }

    void setLong(int at, long value) {
        LONG.set(bytes, at, value);
    }

    void putBytes(byte[] source, int start, int length) {
        int at = reserve(length);
        System.arraycopy(source, start, bytes, at, length);
    }

    /** Returns the array from a place on, for writing whole arrays of numbers at once. */
    ByteBuffer from(int at, int length) {
        return ByteBuffer.wrap(bytes, at, length).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    static int aligned(int length) {
        return (length + FrameHead.ALIGNMENT - 1) & -FrameHead.ALIGNMENT;
    }

    private int directory() {
        return FrameHead.FIXED_BYTES + section * FrameHead.SECTION_BYTES;
    }
}
