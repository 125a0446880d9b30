package io.millrace.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.postgres.security.Certificates;
import io.millrace.server.postgres.security.ScramVerifier;
import io.millrace.server.postgres.security.Tls;
import io.millrace.server.postgres.security.UsersFile;
import io.millrace.spi.error.MillraceException;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted connections, and passwords over them, with pgjdbc and psql. */
@Timeout(60)
final class TlsTest {

    @TempDir
    private static Path certificates;

    private static Tls tls;

    @TempDir
    private Path directory;

    private UsersFile users;
    private EngineGateway gateway;

    @BeforeAll
    static void makeCertificate() {
        tls = Certificates.selfMade(certificates);
    }

    @BeforeEach
    void open() {
        users = new UsersFile(directory.resolve("users"));
        gateway = EngineGateway.open(
                directory.resolve("data"),
                PostgresSettings.defaults().withTls(tls).withUsers(users, true));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private void login(String options) throws SQLException {
        try (Connection connection = gateway.connect(options)) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    private void setPassword(String user, String password) {
        users.put(user, ScramVerifier.of(password, new SecureRandom()));
    }

    @Test
    void clientsChooseWhetherToEncrypt() throws Exception {
        login("sslmode=require");
        login("sslmode=disable");
        String output = Psql.run(gateway.address(), Map.of("PGSSLMODE", "require"), "\\conninfo\nSHOW ssl;\n");
        assertThat(output).contains("SSL connection").contains("TLSv1.3").contains("on");
    }

    @Test
    void theCertificateIsWhatClientsTrust() throws Exception {
        Path trusted = directory.resolve("root.crt");
        Files.writeString(
                trusted,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(tls.certificate().getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        login("sslmode=verify-full&sslrootcert=" + trusted);
        Path other = directory.resolve("other");
        Tls another = Certificates.selfMade(other);
        Files.writeString(
                trusted,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(another.certificate().getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        assertThatThrownBy(() -> login("sslmode=verify-full&sslrootcert=" + trusted))
                .isInstanceOf(SQLException.class);
        login("sslmode=require");
    }

    @Test
    void passwordsAreBoundToTheConnection() throws Exception {
        login("");
        setPassword("millrace", "s3cret");
        login("password=s3cret&sslmode=require&channelBinding=require");
        login("password=s3cret&sslmode=disable");
        Map<String, String> environment =
                Map.of("PGSSLMODE", "require", "PGCHANNELBINDING", "require", "PGPASSWORD", "s3cret");
        assertThat(Psql.run(gateway.address(), environment, "SELECT 1 AS one;\n"))
                .contains("(1 row)");
        assertThat(Psql.run(gateway.address(), Map.of("PGPASSWORD", "wrong"), "SELECT 1;\n"))
                .contains("password authentication failed for user \"millrace\"");
    }

    @Test
    void usersComeAndGoWhileTheServerRuns() throws Exception {
        setPassword("ada", "one");
        assertThatThrownBy(() -> login("password=one"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
        setPassword("millrace", "two");
        login("password=two");
        setPassword("millrace", "three");
        assertThatThrownBy(() -> login("password=two")).isInstanceOf(SQLException.class);
        login("password=three");
        assertThat(users.remove("millrace")).isTrue();
        assertThat(users.remove("millrace")).isFalse();
        assertThat(users.names()).containsExactly("ada");
        String kept = Files.readString(directory.resolve("users"));
        assertThat(kept).startsWith("ada SCRAM-SHA-256$4096:").doesNotContain("one");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("users"))))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> setPassword("a b", "x")).isInstanceOf(MillraceException.class);
    }

    @Test
    void connectionsMayBeginWithEncryption() throws IOException {
        try (Socket plain = new Socket(
                        gateway.address().getAddress(), gateway.address().getPort());
                SSLSocket socket = direct(plain, "postgresql")) {
            socket.getOutputStream().write(startup());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            assertThat((char) in.readUnsignedByte()).isEqualTo('R');
            assertThat(in.readInt()).isEqualTo(8);
            assertThat(in.readInt()).isZero();
        }
        assertThatThrownBy(() -> {
                    try (Socket plain = new Socket(
                                    gateway.address().getAddress(),
                                    gateway.address().getPort());
                            SSLSocket socket = direct(plain, "http/1.1")) {
                        socket.getInputStream().read();
                    }
                })
                .isInstanceOf(IOException.class);
    }

    private static byte[] startup() {
        byte[] text = "\0\0\0\0\0\3\0\0user\0millrace\0database\0millrace\0\0"
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        text[3] = (byte) text.length;
        return text;
    }

    private static SSLSocket direct(Socket plain, String protocol) throws IOException {
        SSLSocket socket = (SSLSocket) trusting().createSocket(plain, "localhost", plain.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static javax.net.ssl.SSLSocketFactory trusting() {
        try {
            KeyStore trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            trust.setCertificateEntry("server", tls.certificate());
            var factory = javax.net.ssl.TrustManagerFactory.getInstance("PKIX");
            factory.init(trust);
            var context = javax.net.ssl.SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (java.security.GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsSentBeforeTheHandshakeIsRefused() throws IOException {
        try (RawClient client = new RawClient(gateway.address())) {
            client.out().int32(8).int32(1234 << 16 | 5679).int32(8).int32(1234 << 16 | 5680);
            client.send();
            assertThat(client.read().field('C')).isEqualTo("08P01");
        }
    }

    @Test
    void certificatesAreReadFromFilesOfBothKinds() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        char[] password = Files.readString(certificates.resolve("password")).toCharArray();
        try (var in = Files.newInputStream(certificates.resolve("server.p12"))) {
            store.load(in, password);
        }
        Base64.Encoder mime = Base64.getMimeEncoder();
        Path pem = directory.resolve("server.pem");
        Files.writeString(
                pem,
                "-----BEGIN CERTIFICATE-----\n"
                        + mime.encodeToString(tls.certificate().getEncoded())
                        + "\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\n"
                        + mime.encodeToString(store.getKey("millrace", password).getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        assertThat(Certificates.read(pem, null, null).certificate()).isEqualTo(tls.certificate());
        assertThat(Certificates.read(certificates.resolve("server.p12"), null, new String(password))
                        .certificate())
                .isEqualTo(tls.certificate());
        assertThatThrownBy(() -> Certificates.read(certificates.resolve("server.p12"), null, "wrong"))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("server.p12")
                .hasMessageNotContaining("wrong");
        assertThat(Certificates.selfMade(certificates).certificate()).isEqualTo(tls.certificate());
    }
}
