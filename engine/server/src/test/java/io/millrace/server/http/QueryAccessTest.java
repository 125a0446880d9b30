package io.millrace.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.postgres.security.ScramVerifier;
import io.millrace.server.postgres.security.Users;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
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
