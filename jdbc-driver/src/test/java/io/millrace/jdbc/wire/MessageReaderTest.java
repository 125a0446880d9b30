package io.millrace.jdbc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages that come in pieces of any size. */
final class MessageReaderTest {

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(sent);

    /** Gives what was sent in pieces of the sizes that chance wants, with timeouts in between. */
    private static final class Pieces extends InputStream {

        private final byte[] bytes;
        private final Random random;
        private int next;
        private boolean paused;

        Pieces(byte[] bytes, long seed) {
            this.bytes = bytes;
            this.random = new Random(seed);
        }

        @Override
        public int read() {
            throw new AssertionError("single bytes are slow");
        }

        @Override
        public int read(byte[] target, int start, int length) throws IOException {
            paused = !paused && random.nextInt(3) == 0;
            if (paused) {
                throw new SocketTimeoutException("nothing came in time");
            }
            if (next == bytes.length) {
                return -1;
            }
            int count = Math.min(Math.min(length, bytes.length - next), 1 + random.nextInt(1 << random.nextInt(18)));
            System.arraycopy(bytes, next, target, start, count);
            next += count;
            return count;
        }
    }

    private void row(String... cells) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(body);
        fields.writeShort(cells.length);
        for (String cell : cells) {
            fields.writeInt(cell == null ? -1 : cell.length());
            fields.writeBytes(cell == null ? "" : cell);
        }
        message('D', body.toByteArray());
    }

    private void message(char type, byte[] body) throws IOException {
        out.writeByte(type);
        out.writeInt(4 + body.length);
        out.write(body);
    }

    private static char next(MessageReader reader) throws IOException {
        while (true) {
            try {
                return reader.next();
            } catch (SocketTimeoutException e) {
                // What was read before it is still there.
            }
        }
    }

    @Test
    void rowsInPiecesAreRead() throws Exception {
        List<String> expected = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 5000; i++) {
            String text = "x".repeat(random.nextInt(200) == 0 ? random.nextInt(300_000) : random.nextInt(100));
            row("r" + i, null, text);
            expected.add("r" + i + " null " + text);
            if (random.nextInt(50) == 0) {
                message('N', new byte[random.nextInt(10)]);
            }
        }
        for (int seed = 0; seed < 10; seed++) {
            MessageReader reader = new MessageReader(new Pieces(sent.toByteArray(), seed));
            RowBlock block = new RowBlock();
            List<String> seen = new ArrayList<>();
            while (seen.size() < expected.size()) {
                reader.returned();
                if (next(reader) == 'D') {
                    reader.rows(block);
                    while (block.advance()) {
                        seen.add(block.text(0) + " " + block.text(1) + " " + block.text(2));
                    }
                }
            }
            assertThat(seen).as("seed " + seed).isEqualTo(expected);
            assertThatThrownBy(() -> next(reader)).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void lentRowsStayWhileOthersReadOn() throws Exception {
        for (int i = 0; i < 2000; i++) {
            row("r" + i, "y".repeat(100));
        }
        MessageReader reader = new MessageReader(new Pieces(sent.toByteArray(), 3));
        assertThat(next(reader)).isEqualTo('D');
        RowBlock block = new RowBlock();
        reader.rows(block);
        assertThatThrownBy(() -> {
                    while (true) {
                        next(reader);
                    }
                })
                .isInstanceOf(EOFException.class);
        for (int i = 0; block.advance(); i++) {
            assertThat(block.text(0)).isEqualTo("r" + i);
        }
    }

    @Test
    void bitsAreReadWithTheirSign() throws Exception {
        byte[] body = {
            0, 4, 0, 0, 0, 1, 1, 0, 0, 0, 2, -1, -2, 0, 0, 0, 4, -1, -1, -1, -3, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0
        };
        message('D', body);
        MessageReader reader = new MessageReader(new Pieces(sent.toByteArray(), 1));
        next(reader);
        RowBlock block = new RowBlock();
        reader.rows(block);
        assertThat(block.advance()).isTrue();
        assertThat(new long[] {block.bits(0), block.bits(1), block.bits(2), block.bits(3)})
                .containsExactly(1, -2, -3, 1L << 32);
        assertThat(block.advance()).isFalse();
    }

    @Test
    void messagesOfImpossibleLengthAreRefused() {
        byte[] message = {'D', 0, 0, 0, 3, 0, 0};
        MessageReader reader = new MessageReader(new Pieces(Arrays.copyOf(message, 20), 5));
        assertThatThrownBy(() -> next(reader)).isInstanceOf(IOException.class).hasMessageContaining("Millrace server");
    }
}
