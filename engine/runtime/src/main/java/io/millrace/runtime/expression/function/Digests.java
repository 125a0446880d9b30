package io.millrace.runtime.expression.function;

import io.millrace.plan.expression.ScalarFunction;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests of bytes, as hexadecimal text or as they are. */
public final class Digests {

    private Digests() {}

    /** Returns the digest by MD5 or one of the SHA functions: {@code byte[]} where {@code binary}, else a String. */
    public static Object of(ScalarFunction function, byte[] bytes, boolean binary) {
        byte[] digest = digest(algorithm(function)).digest(bytes);
        return binary ? digest : HexFormat.of().formatHex(digest);
    }

    private static String algorithm(ScalarFunction function) {
        return function == ScalarFunction.MD5 ? "MD5" : function.name().replace("SHA", "SHA-");
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has these
        }
    }
}
