package io.millrace.runtime.expression.function;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests of bytes, as hexadecimal text or as they are. */
public final class Digests {

    private Digests() {}

    /** Returns the digest: {@code byte[]} where {@code binary}, else a String. */
    public static Object md5(byte[] bytes, boolean binary) {
        return shown(digest("MD5").digest(bytes), binary);
    }

    /** Returns the digest: {@code byte[]} where {@code binary}, else a String. */
    public static Object sha256(byte[] bytes, boolean binary) {
        return shown(digest("SHA-256").digest(bytes), binary);
    }

    private static Object shown(byte[] digest, boolean binary) {
        return binary ? digest : HexFormat.of().formatHex(digest);
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has these two
        }
    }
}
