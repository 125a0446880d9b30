package io.millrace.connector.s3;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** The bytes of one part, in memory that grows with them to a limit. For one thread at a time. */
final class PartBuffer {

    private static final int BYTES_AT_FIRST = 64 << 10;

    private final int bytesMax;
    private byte[] bytes;
    private int length;

    PartBuffer(int bytesMax) {
        this.bytesMax = bytesMax;
        this.bytes = new byte[Math.min(BYTES_AT_FIRST, bytesMax)];
    }

    int length() {
        return length;
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

    /** Returns the bytes from the start; each attempt to send them reads its own. */
    InputStream stream() {
        return new ByteArrayInputStream(bytes, 0, length);
    }

    /** Returns what the server compares with what it got: against damage, no protection against anybody. */
    String md5() {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(bytes, 0, length);
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
