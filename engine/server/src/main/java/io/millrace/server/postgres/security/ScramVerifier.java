package io.millrace.server.postgres.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the server keeps of a password.
 *
 * @param iterations how often the password was hashed
 */
public record ScramVerifier(int iterations, byte[] salt, byte[] storedKey, byte[] serverKey) {

    private static final int ITERATIONS = 4096;
    private static final int SALT_BYTES = 16;
    private static final Pattern TEXT =
            Pattern.compile("SCRAM-SHA-256\\$(\\d{1,7}):([A-Za-z0-9+/=]+)\\$([A-Za-z0-9+/=]{44}):([A-Za-z0-9+/=]{44})");

    /** Makes a verifier of a password with a salt of its own. */
    public static ScramVerifier of(String password, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return of(password, salt, ITERATIONS);
    }

    static ScramVerifier of(String password, byte[] salt, int iterations) {
        String prepared = Normalizer.normalize(password, Normalizer.Form.NFKC);
        byte[] salted = Sha256.iterated(prepared.getBytes(StandardCharsets.UTF_8), salt, iterations);
        return new ScramVerifier(
                iterations, salt, Sha256.hash(Sha256.mac(salted, "Client Key")), Sha256.mac(salted, "Server Key"));
    }

    /** Returns whether this was made of the password, which takes as long as making it. */
    public boolean matches(String password) {
        return MessageDigest.isEqual(of(password, salt, iterations).storedKey, storedKey);
    }

    /** Makes a verifier that no password fits, so that an unknown user cannot be told from a wrong password. */
    static ScramVerifier unknown(String user, byte[] secret) {
        byte[] salt = java.util.Arrays.copyOf(Sha256.mac(secret, user), SALT_BYTES);
        byte[] nothing = new byte[Sha256.BYTES];
        return new ScramVerifier(ITERATIONS, salt, nothing, nothing);
    }

    /**
     * Reads the form in which PostgreSQL stores it:
     * {@code SCRAM-SHA-256$iterations:salt$storedKey:serverKey}.
     */
    public static ScramVerifier parse(String text) {
        Matcher form = TEXT.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("a verifier reads SCRAM-SHA-256$iterations:salt$storedKey:serverKey");
        }
        Base64.Decoder base64 = Base64.getDecoder();
        return new ScramVerifier(
                Integer.parseInt(form.group(1)),
                base64.decode(form.group(2)),
                base64.decode(form.group(3)),
                base64.decode(form.group(4)));
    }

    /** Returns the form that {@link #parse} reads. */
    public String text() {
        Base64.Encoder base64 = Base64.getEncoder();
        return "SCRAM-SHA-256$" + iterations + ":" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(storedKey) + ":" + base64.encodeToString(serverKey);
    }

    /** Tells nothing, so that it may be logged. */
    @Override
    public String toString() {
        return "ScramVerifier";
    }
}
