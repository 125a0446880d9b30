package io.millrace.jdbc.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** SCRAM-SHA-256 (RFC 5802, RFC 7677), the client's side: the password never crosses the wire. */
final class Scram {

    static final String MECHANISM = "SCRAM-SHA-256";
    private static final int ITERATIONS_MAX = 10_000_000;

    private final String password;
    private final String nonce;
    private byte @Nullable [] serverSignature;

    Scram(String password) {
        this.password = password;
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        this.nonce = Base64.getEncoder().encodeToString(random);
    }

    byte[] clientFirst() {
        return utf8("n,," + clientFirstBare());
    }

    private String clientFirstBare() {
        return "n=,r=" + nonce;
    }

    byte[] clientFinal(byte[] serverFirst) throws IOException {
        String challenge = new String(serverFirst, StandardCharsets.UTF_8);
        Map<Character, String> parts = parts(challenge);
        String combined = parts.getOrDefault('r', "");
        int iterations = Integer.parseInt(parts.getOrDefault('i', "0"));
        if (!combined.startsWith(nonce) || iterations < 1 || iterations > ITERATIONS_MAX) {
            throw new IOException("the server's SCRAM challenge is malformed");
        }
        String withoutProof = "c=biws,r=" + combined;
        byte[] message = utf8(clientFirstBare() + "," + challenge + "," + withoutProof);
        try {
            byte[] salted = salted(Base64.getDecoder().decode(parts.getOrDefault('s', "")), iterations);
            byte[] clientKey = hmac(salted, utf8("Client Key"));
            byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
            byte[] proof = xor(clientKey, hmac(storedKey, message));
            serverSignature = hmac(hmac(salted, utf8("Server Key")), message);
            return utf8(withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof));
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java has no SHA-256", e);
        }
    }

    /** Checks that the server knows the password as well. */
    void verify(byte[] serverFinal) throws IOException {
        String signature =
                parts(new String(serverFinal, StandardCharsets.UTF_8)).getOrDefault('v', "");
        if (!MessageDigest.isEqual(Base64.getDecoder().decode(signature), serverSignature)) {
            throw new IOException("the server does not know the password; it may not be the server you mean");
        }
    }

    private byte[] salted(byte[] salt, int iterations) throws GeneralSecurityException {
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, 256))
                .getEncoded();
    }

    private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    private static byte[] xor(byte[] left, byte[] right) {
        byte[] result = left.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] ^= right[i];
        }
        return result;
    }

    private static Map<Character, String> parts(String message) {
        Map<Character, String> parts = new HashMap<>();
        for (String part : message.split(",", -1)) {
            if (part.length() > 2 && part.charAt(1) == '=') {
                parts.put(part.charAt(0), part.substring(2));
            }
        }
        return parts;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
