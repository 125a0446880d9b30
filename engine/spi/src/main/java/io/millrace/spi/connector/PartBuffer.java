package io.millrace.spi.connector;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The bytes of one part of a file that a store takes in parts, in memory that grows with them to a limit. For one thread at a
 * time.
 */
public final class PartBuffer {

    private static final int BYTES_AT_FIRST = 64 << 10;

    private final int bytesMax;
    private byte[] bytes;
    private int length;

    /** @param bytesMax how many bytes a part has at most, at least 1 */
    public PartBuffer(int bytesMax) {
        this.bytesMax = bytesMax;
        this.bytes = new byte[Math.min(BYTES_AT_FIRST, bytesMax)];
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    public boolean isFull() {
        return length == bytesMax;
    }

    /** Takes as many bytes as there is room for and returns how many. */
    public int add(byte[] source, int offset, int count) {
        int taken = Math.min(count, bytesMax - length);
        if (length + taken > bytes.length) {
            long doubled = Math.max(length + taken, bytes.length * 2L);
            bytes = Arrays.copyOf(bytes, (int) Math.min(doubled, bytesMax));
        }
        System.arraycopy(source, offset, bytes, length, taken);
        length += taken;
        return taken;
    }

    /** Forgets the bytes and keeps their memory. */
    public void clear() {
        length = 0;
    }

    /** Returns the bytes, which stay as they are until others are added. */
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes, 0, length).slice().asReadOnlyBuffer();
    }

    /** Returns the bytes from the start; each attempt to send them reads its own. */
    public InputStream stream() {
        return new ByteArrayInputStream(bytes, 0, length);
    }

    /** Returns what a server compares with what it got: against damage, no protection against anybody. */
    public byte[] md5() {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(bytes, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
