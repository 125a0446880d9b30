package io.millrace.server.postgres.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SHA-256, and HMAC and PBKDF2 with it. */
final class Sha256 {

    static final int BYTES = 32;

    private static final byte[] FIRST_BLOCK = {0, 0, 0, 1};

    private Sha256() {}

    static byte[] hash(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] mac(byte[] key, String text) {
        return keyed(key).doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The first block of PBKDF2: all that SCRAM takes of it. */
    static byte[] iterated(byte[] password, byte[] salt, int iterations) {
        Mac mac = keyed(password.length == 0 ? new byte[1] : password);
        mac.update(salt);
        byte[] last = mac.doFinal(FIRST_BLOCK);
        byte[] result = last.clone();
        for (int i = 1; i < iterations; i++) {
            last = mac.doFinal(last);
            xor(result, last);
        }
        return result;
    }

    /** Changes the first into the bitwise difference of both. */
    static void xor(byte[] into, byte[] other) {
        for (int i = 0; i < into.length; i++) {
            into[i] ^= other[i];
        }
    }

    private static Mac keyed(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
