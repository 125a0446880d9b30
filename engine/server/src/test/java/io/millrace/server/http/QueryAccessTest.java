package io.millrace.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.auth.AuthToken;
import io.millrace.server.postgres.security.Certificates;
import io.millrace.server.postgres.security.ScramVerifier;
import io.millrace.server.postgres.security.Tls;
import io.millrace.server.postgres.security.Users;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may ask over HTTP. */
@Timeout(60)
class QueryAccessTest {

    @TempDir
    Path directory;

    private static Users ada() {
        return Users.of(Map.of("ada", ScramVerifier.of("pässwörd", new SecureRandom())));
    }

    private static String basic(String user, String password) {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    @Test
    void theUsersOfThePostgresDoorAreAskedForTheirPassword() throws Exception {
        try (HttpFixture http = HttpFixture.open(directory, ada())) {
            HttpResponse<InputStream> nobody = http.ask("", "SELECT 1 AS a");
            assertThat(nobody.statusCode()).isEqualTo(401);
            assertThat(nobody.headers().firstValue("www-authenticate").orElse(""))
                    .startsWith("Basic realm=");
            assertThat(status(http, basic("ada", "wrong"))).isEqualTo(401);
            assertThat(status(http, basic("eve", "pässwörd"))).isEqualTo(401);
            assertThat(status(http, "Bearer abc")).isEqualTo(401);
            assertThat(status(http, basic("ada", "pässwörd"))).isEqualTo(200);
        }
    }

    @Test
    void programsOfThisMachineAreTrustedWhileThereAreNoUsers() throws Exception {
        try (HttpFixture http = HttpFixture.open(directory)) {
            assertThat(http.text("", "SELECT CURRENT_USER AS u")).isEqualTo("{\"u\":\"millrace\"}\n");
            assertThat(http.text("", "SELECT CURRENT_USER AS u", "Authorization", basic("ada", "")))
                    .isEqualTo("{\"u\":\"ada\"}\n");
        }
    }

    @Test
    void pagesInABrowserAreNot() throws Exception {
        try (HttpFixture http = HttpFixture.open(directory)) {
            assertThat(line(http, "Host: localhost", "Origin: https://elsewhere.example"))
                    .contains("403");
            assertThat(line(http, "Host: elsewhere.example:8080")).contains("403");
            assertThat(line(http, "Host: elsewhere.example", "Origin: http://elsewhere.example"))
                    .contains("403");
            assertThat(line(http, "Host: localhost:8080", "Origin: http://localhost:8080"))
                    .contains("200");
            assertThat(line(http, "Host: [::1]:8080")).contains("200");
        }
    }

    @Test
    void aPasswordFromAnotherMachineHasToBeEncrypted() throws Exception {
        Tls tls = Certificates.selfMade(directory.resolve("tls"));
        try (HttpFixture http = HttpFixture.openToAll(directory.resolve("data"), ada(), tls)) {
            String here = "127.0.0.1:" + http.address().getPort();
            String outside = outsideAddress() + ":" + http.address().getPort();

            assertThat(status("http://" + here)).isEqualTo(200);
            assertThat(status("https://" + here)).isEqualTo(200);
            assertThat(status("https://" + outside)).isEqualTo(200);
            assertThat(status("http://" + outside)).isEqualTo(403);
        }
    }

    private static int status(String address) {
        try (ClientFactory anyCertificate =
                ClientFactory.builder().tlsNoVerify().build()) {
            return WebClient.builder(address)
                    .factory(anyCertificate)
                    .auth(AuthToken.ofBasic("ada", "pässwörd"))
                    .build()
                    .post("/v1/query", "SELECT 1 AS a")
                    .aggregate()
                    .join()
                    .status()
                    .code();
        }
    }

    /** Returns an address of this machine under which it looks like another to itself. */
    private static String outsideAddress() throws SocketException {
        Optional<String> found = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
        assumeTrue(found.isPresent(), "this machine has no address but loopback");
        return found.orElseThrow();
    }

    private static int status(HttpFixture http, String authorization) throws Exception {
        return http.ask("", "SELECT 1 AS a", "Authorization", authorization).statusCode();
    }

    private static String line(HttpFixture http, String... headers) throws Exception {
        try (Socket socket = http.send("SELECT 1 AS a", headers);
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            return in.readLine();
        }
    }
}
