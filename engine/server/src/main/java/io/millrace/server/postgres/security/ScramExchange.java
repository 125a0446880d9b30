package io.millrace.server.postgres.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * One login by SCRAM-SHA-256: {@link #first} answers the client's first message, {@link #last} its
 * second. Null in place of an answer says that the client is refused.
 */
public final class ScramExchange {

    /** The mechanism's name. */
    public static final String MECHANISM = "SCRAM-SHA-256";

    /** The name of the mechanism that binds the login to the encrypted connection it comes over. */
    public static final String MECHANISM_BOUND = "SCRAM-SHA-256-PLUS";

    private static final String BINDING = "p=tls-server-end-point,";

    private static final int NONCE_BYTES = 18;

    private final ScramVerifier verifier;
    private final boolean known;
    private final String serverNonce;
    private final byte @Nullable [] endPoint;
    private byte[] channelBinding = {};
    private String clientFirst = "";
    private String serverFirst = "";
    private String nonce = "";

    /**
     * @param verifier the user's, or null where there is no such user
     * @param secret a secret of the server that stays the same while it runs
     * @param endPoint what a login can be bound to, or null where the connection is not encrypted
     */
    public ScramExchange(
            String user,
            @Nullable ScramVerifier verifier,
            byte[] secret,
            SecureRandom random,
            byte @Nullable [] endPoint) {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        this.serverNonce = Base64.getEncoder().encodeToString(bytes);
        this.endPoint = endPoint;
        this.known = verifier != null;
        this.verifier = verifier == null ? ScramVerifier.unknown(user, secret) : verifier;
    }

    /**
     * Takes {@code n,,n=user,r=nonce}. The user is the one of the startup message, whatever stands here.
     *
     * @param binds whether the client chose {@link #MECHANISM_BOUND}
     */
    public @Nullable String first(String message, boolean binds) {
        int header = message.indexOf(',', message.indexOf(',') + 1);
        if (header < 0 || !headerFits(message, binds)) {
            return null;
        }
        channelBinding = binding(message.substring(0, header + 1), binds);
        clientFirst = message.substring(header + 1);
        String clientNonce = attribute(clientFirst, 'r');
        if (clientNonce == null || clientNonce.isEmpty() || clientFirst.startsWith("m=")) {
            return null;
        }
        nonce = clientNonce + serverNonce;
        serverFirst = "r=" + nonce + ",s=" + Base64.getEncoder().encodeToString(verifier.salt()) + ",i="
                + verifier.iterations();
        return serverFirst;
    }

    /** A client that says it could bind and believes that the server cannot was lied to where the server can. */
    private boolean headerFits(String message, boolean binds) {
        return binds
                ? message.startsWith(BINDING)
                : message.startsWith("n,") || (message.startsWith("y,") && endPoint == null);
    }

    private byte[] binding(String header, boolean binds) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        if (!binds || endPoint == null) {
            return text;
        }
        byte[] whole = Arrays.copyOf(text, text.length + endPoint.length);
        System.arraycopy(endPoint, 0, whole, text.length, endPoint.length);
        return whole;
    }

    /** Takes {@code c=…,r=nonce,p=proof} and answers with the server's own proof. */
    public @Nullable String last(String message) {
        int proofAt = message.lastIndexOf(",p=");
        byte[] binding = decode(attribute(message, 'c'));
        byte[] proof = proofAt < 0 ? null : decode(message.substring(proofAt + 3));
        if (nonce.isEmpty() || binding == null || proof == null || proof.length != Sha256.BYTES) {
            return null;
        }
        boolean same = nonce.equals(attribute(message, 'r')) && MessageDigest.isEqual(channelBinding, binding);
        String signed = clientFirst + "," + serverFirst + "," + message.substring(0, proofAt);
        Sha256.xor(proof, Sha256.mac(verifier.storedKey(), signed));
        boolean proven = MessageDigest.isEqual(Sha256.hash(proof), verifier.storedKey());
        return same && proven && known
                ? "v=" + Base64.getEncoder().encodeToString(Sha256.mac(verifier.serverKey(), signed))
                : null;
    }

    private static @Nullable String attribute(String message, char name) {
        for (String part : message.split(",", -1)) {
            if (part.length() > 1 && part.charAt(0) == name && part.charAt(1) == '=') {
                return part.substring(2);
            }
        }
        return null;
    }

    private static byte @Nullable [] decode(@Nullable String base64) {
        try {
            return base64 == null ? null : Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
