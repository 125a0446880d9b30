package io.millrace.connector.azure;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The bytes of one block, in memory that grows with them to a limit. For one thread at a time. */
final class BlockBuffer {

    private static final int BYTES_AT_FIRST = 64 << 10;

    private final int bytesMax;
    private byte[] bytes;
    private int length;

    BlockBuffer(int bytesMax) {
        this.bytesMax = bytesMax;
        this.bytes = new byte[Math.min(BYTES_AT_FIRST, bytesMax)];
    }

    boolean isEmpty() {
        return length == 0;
    }

    boolean isFull() {
        return length == bytesMax;
    }

    /** Takes as many bytes as there is room for and returns how many. */
    int add(byte[] source, int offset, int count) {
        int taken = Math.min(count, bytesMax - length);
        if (length + taken > bytes.length) {
            long doubled = Math.max(length + taken, bytes.length * 2L);
            bytes = Arrays.copyOf(bytes, (int) Math.min(doubled, bytesMax));
        }
        System.arraycopy(source, offset, bytes, length, taken);
        length += taken;
        return taken;
    }

    void clear() {
        length = 0;
    }

    /** Returns the bytes, which stay as they are until others are added. */
    ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes, 0, length).slice().asReadOnlyBuffer();
    }

    /** Returns what the server compares with what it got: against damage, no protection against anybody. */
    byte[] md5() {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(bytes, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
