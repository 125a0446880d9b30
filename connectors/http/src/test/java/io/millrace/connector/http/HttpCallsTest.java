package io.millrace.connector.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.testing.connector.BadServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that do not answer as servers do. */
class HttpCallsTest {

    private static void assertToldAsUnreachable(int port) {
        URI place = URI.create("http://127.0.0.1:" + port + "/");
        HttpRequest request =
                HttpRequest.newBuilder(place).timeout(Duration.ofMillis(200)).build();
        try (HttpCalls calls = new HttpCalls(place)) {
            assertThatThrownBy(() -> calls.call(request, 1000))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(place + " cannot be reached: ");
        }
    }

    @Test
    void aServerThatSaysNothingIsGivenUp() throws IOException {
        try (BadServer server = BadServer.silent()) {
            assertToldAsUnreachable(server.port());
        }
    }

    @Test
    @Timeout(60)
    void aServerThatBeginsToAnswerAndStallsIsGivenUp() throws IOException {
        try (BadServer server = BadServer.stalling()) {
            URI place = URI.create("http://127.0.0.1:" + server.port() + "/");
            HttpRequest request = HttpRequest.newBuilder(place)
                    .timeout(Duration.ofMillis(200))
                    .build();
            try (HttpCalls calls = new HttpCalls(place)) {
                assertThatThrownBy(() -> calls.call(request, 1000))
                        .isInstanceOf(IOException.class)
                        .hasMessage(place + " began to answer and did not end in 200 ms");
            }
        }
    }

    @Test
    @Timeout(60)
    void aCallThatIsCancelledEndsAtOnceHoweverFarItIs() throws Exception {
        for (BadServer server : List.of(BadServer.silent(), BadServer.stalling())) {
            try (server) {
                URI place = URI.create("http://127.0.0.1:" + server.port() + "/");
                HttpRequest request = HttpRequest.newBuilder(place)
                        .timeout(Duration.ofMinutes(15))
                        .build();
                HttpCalls calls = new HttpCalls(place);
                Thread other = Thread.ofVirtual().start(() -> {
                    while (server.connections() == 0) {
                        Thread.onSpinWait();
                    }
                    calls.cancel();
                });
                assertThatThrownBy(() -> calls.call(request, 1000)).isInstanceOf(IOException.class);
                other.join();
                assertThatThrownBy(() -> calls.call(request, 1000)).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void aServerThatSaysNonsenseIsGivenUp() throws IOException {
        try (BadServer server = BadServer.garbled()) {
            assertToldAsUnreachable(server.port());
        }
    }
}
