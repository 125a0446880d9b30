package io.millrace.log.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.log.RecordBatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Frames come out of their segment as they are, or with the section named that is not. */
class CheckedCopyTest {

    /** Where the frame lies in what it is copied from, and where it is copied to. */
    private static final int FROM = 24;

    private static final int TO = 40;

    private final Random random = new Random(7);

    @Test
    void aFrameOfManyPiecesIsCopiedWhole() {
        byte[] frame = frame(300_001);
        ByteBuffer copy = room(frame);
        FrameHead head = new FrameHead();
        assertThat(CheckedCopy.frame(source(frame), FROM, copy, TO, head)).isNull();
        assertThat(copy.slice(TO, frame.length)).isEqualTo(ByteBuffer.wrap(frame));
        assertThat(head.frameBytes()).isEqualTo(frame.length);
    }

    @Test
    void aFrameOfAnyLengthIsCopiedWhole() {
        for (int payload = 0; payload < 100; payload++) {
            byte[] frame = frame(payload);
            ByteBuffer copy = room(frame);
            assertThat(CheckedCopy.frame(source(frame), FROM, copy, TO, new FrameHead()))
                    .isNull();
            assertThat(copy.slice(TO, frame.length)).isEqualTo(ByteBuffer.wrap(frame));
        }
    }

    @Test
    void aChangedByteOfAnyPieceIsFound() {
        byte[] frame = frame(300_001);
        int head = new FrameHead().wrap(littleEndian(frame), 0).headBytes();
        for (int i = 0; i < 50; i++) {
            byte[] changed = frame.clone();
            changed[random.nextInt(head, frame.length)] ^= 4;
            assertThat(CheckedCopy.frame(source(changed), FROM, room(frame), TO, new FrameHead()))
                    .isEqualTo("the checksum of section 0 is wrong");
        }
    }

    private byte[] frame(int payloadBytes) {
        byte[] payload = new byte[payloadBytes];
        random.nextBytes(payload);
        Frame frame = RecordsSection.frame(new RecordBatch().add(new byte[] {'k'}, payload), null);
        frame.place(0, 0, 0, 0);
        byte[] bytes = new byte[frame.length()];
        frame.bytes().get(bytes);
        return bytes;
    }

    private static ByteBuffer source(byte[] frame) {
        ByteBuffer mapped = ByteBuffer.allocateDirect(FROM + frame.length).order(ByteOrder.LITTLE_ENDIAN);
        return mapped.put(FROM, frame);
    }

    private static ByteBuffer room(byte[] frame) {
        return littleEndian(new byte[TO + frame.length]);
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
