package io.millrace.server.postgres.security;

import com.linecorp.armeria.common.TlsKeyPair;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Where the certificate of {@link Tls} comes from. */
public final class Certificates {

    private static final String KEYSTORE = "PKCS12";
    private static final int KEYTOOL_SECONDS = 60;
    private static final String PASSWORD_VARIABLE = "MILLRACE_KEYSTORE_PASSWORD";

    private Certificates() {}

    /**
     * Reads a certificate and its key: a PKCS #12 file with its password, or PEM files.
     *
     * @param key PEM file of the key, or null where the first file holds both
     * @param password of the PKCS #12 file or of the PEM key, or null
     * @throws MillraceException {@code INVALID_ARGUMENT} where they cannot be read
     */
    public static Tls read(Path certificate, @Nullable Path key, @Nullable String password) {
        String name = certificate.getFileName().toString();
        try {
            return name.endsWith(".p12") || name.endsWith(".pfx")
                    ? keystore(certificate, password == null ? "" : password)
                    : pem(certificate, key == null ? certificate : key, password);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "cannot use certificate " + certificate + ": " + e.getMessage(),
                    "give a PKCS #12 file (.p12) and its password, or PEM files of the certificate and its key",
                    e);
        }
    }

    private static Tls pem(Path certificate, Path key, @Nullable String password)
            throws IOException, GeneralSecurityException {
        try (InputStream chain = Files.newInputStream(certificate);
                InputStream secret = Files.newInputStream(key)) {
            TlsKeyPair pair = TlsKeyPair.of(secret, password, chain);
            KeyStore store = KeyStore.getInstance(KEYSTORE);
            store.load(null, null);
            char[] none = new char[0];
            store.setKeyEntry(
                    "server", pair.privateKey(), none, pair.certificateChain().toArray(X509Certificate[]::new));
            return tls(store, "server", none);
        }
    }

    private static Tls keystore(Path file, String password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KEYSTORE);
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password.toCharArray());
        }
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                return tls(store, alias, password.toCharArray());
            }
        }
        throw new GeneralSecurityException("it holds no key");
    }

    private static Tls tls(KeyStore store, String alias, char[] password) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate each : store.getCertificateChain(alias)) {
            chain.add((X509Certificate) each);
        }
        return new Tls(context, (PrivateKey) store.getKey(alias, password), List.copyOf(chain));
    }

    /**
     * Returns a certificate of our own making, which nobody else vouches for; it is made once and kept in the
     * directory, readable to its owner alone.
     */
    public static Tls selfMade(Path directory) {
        Path file = directory.resolve("server.p12");
        Path secret = directory.resolve("password");
        try {
            if (!Files.exists(file)) {
                make(directory, file, secret);
            }
            return keystore(file, Files.readString(secret));
        } catch (IOException | GeneralSecurityException e) {
            throw new MillraceException(
                    ErrorCode.IO_ERROR, "cannot make a certificate in " + directory + ": " + e.getMessage(), null, e);
        }
    }

    /** The JDK can make certificates with its keytool alone; its classes for that are not ours to use. */
    private static void make(Path directory, Path file, Path secret) throws IOException {
        Files.createDirectories(directory);
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        Files.deleteIfExists(secret);
        Files.createFile(secret, UsersFile.ownerOnly(secret));
        Files.writeString(secret, password);
        Path fresh = directory.resolve("server.p12.new");
        Files.deleteIfExists(fresh);
        ProcessBuilder keytool = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "millrace",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-sigalg",
                "SHA256withECDSA",
                "-validity",
                "3650",
                "-dname",
                "CN=localhost,O=Millrace",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1,ip:::1",
                "-storetype",
                KEYSTORE,
                "-keystore",
                fresh.toString(),
                "-storepass:env",
                PASSWORD_VARIABLE));
        keytool.environment().put(PASSWORD_VARIABLE, password);
        keytool.environment().remove("JAVA_TOOL_OPTIONS");
        run(keytool.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD));
        restrict(fresh);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void restrict(Path file) throws IOException {
        if (UsersFile.ownerOnly(file).length > 0) {
            Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        }
    }

    private static void run(ProcessBuilder keytool) throws IOException {
        Process process = keytool.start();
        try {
            if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("keytool did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("keytool was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new IOException("keytool ended with " + process.exitValue());
        }
    }
}
