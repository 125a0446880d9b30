package io.millrace.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StateReaderTest {

    private static byte[] written(long seed, boolean inBlocks) {
        List<byte[]> blocks = new ArrayList<>();
        StateWriter out = inBlocks
                ? new StateWriter((block, length) -> {
                    blocks.add(Arrays.copyOf(block, length));
                    return block;
                })
                : new StateWriter();
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            switch (random.nextInt(6)) {
                case 0 -> out.writeByte(random.nextInt(128));
                case 1 -> out.writeInt(random.nextInt());
                case 2 -> out.writeLong(random.nextLong());
                case 3 -> out.writeBytes(bytes(random));
                case 4 -> out.writeLongs(random.longs(5).toArray(), 5);
                default -> out.writeText("text " + random.nextInt());
            }
        }
        out.flush();
        if (!inBlocks) {
            return out.toByteArray();
        }
        StateWriter all = new StateWriter();
        blocks.forEach(block -> {
            for (byte value : block) {
                all.writeByte(value);
            }
        });
        return all.toByteArray();
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(10) == 0 ? random.nextInt(100_000) : random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Iterator<byte[]> pieces(byte[] bytes, Random random) {
        List<byte[]> pieces = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int end = Math.min(bytes.length, at + random.nextInt(random.nextBoolean() ? 10 : 5000));
            pieces.add(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        return pieces.iterator();
    }

    private static StateReader inPieces(byte[] bytes, long seed) {
        Iterator<byte[]> pieces = pieces(bytes, new Random(seed));
        return new StateReader(bytes.length, () -> pieces.hasNext() ? pieces.next() : null);
    }

    private static void assertReads(StateReader in, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            switch (random.nextInt(6)) {
                case 0 -> assertThat(in.readByte()).isEqualTo(random.nextInt(128));
                case 1 -> assertThat(in.readInt()).isEqualTo(random.nextInt());
                case 2 -> assertThat(in.readLong()).isEqualTo(random.nextLong());
                case 3 -> assertThat(in.readBytes()).isEqualTo(bytes(random));
                case 4 -> assertThat(in.readLongs(5)).isEqualTo(random.longs(5).toArray());
                default -> assertThat(in.readText()).isEqualTo("text " + random.nextInt());
            }
        }
        assertThat(in.atEnd()).isTrue();
    }

    @Test
    void whatIsWrittenInBlocksIsReadInPieces() {
        for (long seed = 1; seed <= 30; seed++) {
            byte[] whole = written(seed, false);
            assertThat(written(seed, true)).as("seed %s", seed).isEqualTo(whole);
            assertReads(new StateReader(whole), seed);
            assertReads(inPieces(whole, seed), seed);
        }
    }

    @Test
    void piecesThatEndBeforeTheirTimeAreAnError() {
        StateReader in = new StateReader(100, () -> null);
        assertThatThrownBy(in::readLong).isInstanceOf(MillraceException.class);
        StateReader few = inPieces(new byte[7], 1);
        assertThatThrownBy(few::readLong).isInstanceOf(MillraceException.class);
        StateReader none = inPieces(new byte[] {1, 0, 0, 0}, 1);
        assertThatThrownBy(none::readBytes).isInstanceOf(MillraceException.class);
    }
}
