package io.millrace.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.postgres.security.ScramVerifier;
import io.millrace.server.postgres.security.Users;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Logging in with a password. */
@Timeout(30)
final class ScramLoginTest extends GatewayFixture {

    @Override
    PostgresSettings settings() {
        SecureRandom random = new SecureRandom();
        return super.settings()
                .withUsers(
                        Users.of(Map.of(
                                "ada",
                                ScramVerifier.of("correct horse", random),
                                "bob",
                                ScramVerifier.of("pässwörd", random))),
                        false);
    }

    private Connection login(String user, String password) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + address.getPort() + "/millrace", user, password);
    }

    @Test
    void rightPasswordLetsIn() throws SQLException {
        try (Connection connection = login("ada", "correct horse")) {
            assertThat(connection.isValid(5)).isTrue();
        }
        try (Connection connection = login("bob", "pässwörd")) {
            assertThat(connection.isValid(5)).isTrue();
        }
        assertThat(engine.sessions()).extracting(session -> session.user).containsExactly("ada", "bob");
    }

    @Test
    void wrongPasswordAndUnknownUserAreRefusedAlike() {
        for (String[] who : new String[][] {{"ada", "wrong"}, {"eve", "correct horse"}, {"ada", "pässwörd"}}) {
            assertThatThrownBy(() -> login(who[0], who[1]))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"))
                    .hasMessageContaining("password authentication failed for user \"" + who[0] + "\"");
        }
        assertThat(engine.sessions()).isEmpty();
    }

    @Test
    void queryInPlaceOfAPasswordIsRefused() throws IOException {
        try (RawClient client = new RawClient(address)) {
            client.sendStartup(Map.of("user", "ada", "database", "millrace"));
            assertThat(client.read().type()).isEqualTo('R');
            client.query("SELECT 1");
            assertThat(client.read().field('C')).isEqualTo("08P01");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void malformedProofIsRefused() throws IOException {
        for (String first : new String[] {"", "n", "p=tls-unique,,n=,r=abc", "n,,n=,r=", "n,,m=x,n=,r=abc"}) {
            try (RawClient client = new RawClient(address)) {
                client.sendStartup(Map.of("user", "ada", "database", "millrace"));
                client.read();
                client.out()
                        .begin('p')
                        .text("SCRAM-SHA-256")
                        .int32(first.length())
                        .raw(first)
                        .end();
                assertThat(client.send().read().field('C')).isEqualTo("28P01");
            }
        }
        try (RawClient client = new RawClient(address)) {
            client.sendStartup(Map.of("user", "ada", "database", "millrace"));
            client.read();
            client.out()
                    .begin('p')
                    .text("SCRAM-SHA-256")
                    .int32(9)
                    .raw("n,,n=,r=a")
                    .end();
            assertThat(client.send().read().text()).contains("r=a").contains("i=4096");
            client.out().begin('p').raw("c=biws,r=a,p=!!!").end();
            assertThat(client.send().read().field('C')).isEqualTo("28P01");
        }
    }

    @Test
    void gatewayForOthersNeedsUsers() {
        PostgresGateway open =
                new PostgresGateway(engine, PostgresSettings.defaults().withAddress("0.0.0.0", 0));
        assertThatThrownBy(open::start)
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("no user may log in");
        open.close();
    }

    @Test
    void takenPortIsAClearError() {
        PostgresGateway second =
                new PostgresGateway(engine, PostgresSettings.defaults().withAddress("127.0.0.1", address.getPort()));
        assertThatThrownBy(second::start).isInstanceOf(MillraceException.class).hasMessageContaining("cannot listen");
        second.close();
    }
}
