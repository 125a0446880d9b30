package io.millrace.server.postgres.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Encryption of connections under one certificate. Safe for use by several threads.
 *
 * @param context what makes connections
 * @param key the certificate's
 * @param chain the server's own certificate, then those that vouch for it
 */
public record Tls(SSLContext context, PrivateKey key, List<X509Certificate> chain) {

    /** How PostgreSQL's protocol is named where a connection is encrypted from its first byte. */
    private static final String PROTOCOL = "postgresql";

    /** Returns the server's own certificate. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** Tells no key. */
    @Override
    public String toString() {
        return "Tls[" + certificate().getSubjectX500Principal() + "]";
    }

    /**
     * Encrypts a connection; the handshake is done when this returns.
     *
     * @param consumed bytes of the client that were read already
     * @param direct whether the client began with encryption, and so must name the protocol
     */
    public SSLSocket encrypt(Socket socket, byte[] consumed, boolean direct) throws IOException {
        InputStream before = new ByteArrayInputStream(consumed);
        SSLSocket encrypted = (SSLSocket) context.getSocketFactory().createSocket(socket, before, true);
        SSLParameters parameters = encrypted.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setApplicationProtocols(new String[] {PROTOCOL});
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        if (direct && !PROTOCOL.equals(encrypted.getApplicationProtocol())) {
            throw new IOException("a client that begins with encryption did not name the protocol");
        }
        return encrypted;
    }

    /** Returns what a login is bound to: the certificate's hash, as RFC 5929 says for tls-server-end-point. */
    public byte[] endPoint() {
        String signed = certificate().getSigAlgName().toUpperCase(Locale.ROOT);
        String hash = signed.startsWith("SHA384") ? "SHA-384" : signed.startsWith("SHA512") ? "SHA-512" : "SHA-256";
        try {
            return MessageDigest.getInstance(hash).digest(certificate().getEncoded());
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
