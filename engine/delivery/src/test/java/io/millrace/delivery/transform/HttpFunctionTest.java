package io.millrace.delivery.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Options;
import io.millrace.testing.connector.BadServer;
import io.millrace.testing.connector.FunctionServer;
import io.millrace.testing.connector.FunctionServer.Reply;
import io.millrace.testing.connector.FunctionServer.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpFunctionTest {

    private static final List<DeliveryRecord> RECORDS =
            List.of(new DeliveryRecord("one".getBytes(StandardCharsets.UTF_8), "shard:1", 1_000_000, Map.of()));

    private static FunctionSettings settings(String... options) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        return FunctionSettings.from(new Options(all), "d", true);
    }

    private static HttpFunction function(String url, String timeout) {
        return new HttpFunction(settings("transform", url, "transform_timeout", timeout));
    }

    private static void assertFails(CompletableFuture<ProcessedRecords> call, String code, String message) {
        assertThatThrownBy(call::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(FunctionFailedException.class, failure -> {
                    assertThat(failure.errorCode()).isEqualTo(code);
                    assertThat(failure).hasMessageContaining(message);
                });
    }

    @Test
    void anAnswerThatBeginsAndDoesNotEndIsLate() throws IOException {
        try (BadServer server = BadServer.stalling();
                HttpFunction function = function("http://127.0.0.1:" + server.port() + "/", "200 ms")) {
            assertFails(function.call(RECORDS), "Lambda.FunctionTimedOut", "did not answer in 0.2 s");
        }
    }

    @Test
    void aFunctionThatSaysNothingIsLate() throws IOException {
        try (BadServer server = BadServer.silent();
                HttpFunction function = function("http://127.0.0.1:" + server.port() + "/", "200 ms")) {
            assertFails(function.call(RECORDS), "Lambda.FunctionTimedOut", "did not answer in 0.2 s");
        }
    }

    @Test
    void closingBreaksOffCallsUnderWay() throws Exception {
        try (BadServer server = BadServer.stalling()) {
            HttpFunction function = function("http://127.0.0.1:" + server.port() + "/", "15 min");
            CompletableFuture<ProcessedRecords> call = function.call(RECORDS);
            while (server.connections() == 0) {
                Thread.onSpinWait();
            }
            function.close();
            assertFails(call, "Lambda.InvokeFailed", "cannot be reached");
        }
    }

    @Test
    void anAnswerHasABound() throws IOException {
        try (FunctionServer server = new FunctionServer(Result::ok);
                HttpFunction function = function(server.url(), "60 s")) {
            String most = " ".repeat(HttpFunction.ANSWER_BYTES_MAX - 80)
                    + "{\"records\":[{\"recordId\":\"0\",\"result\":\"Ok\",\"data\":\"AQ==\"}]}";
            server.reply(new Reply(200, most));
            assertThat(function.call(RECORDS).join().records()).hasSize(1);
            server.reply(new Reply(200, most + " ".repeat(100)));
            assertFails(
                    function.call(RECORDS),
                    "Lambda.FunctionError",
                    "answers with more than " + (6 << 20)
                            + " bytes; it gets fewer records with a lower transform_bytes");
            server.reply(new Reply(500, most + " ".repeat(100)));
            assertFails(function.call(RECORDS), "Lambda.FunctionError", "more than");
        }
    }

    @Test
    void aKeyInTheUrlIsNotInTheName() {
        assertThat(settings("transform", "https://me:secret@host:81/2015/f?code=secret#secret")
                        .name())
                .isEqualTo("https://host:81/2015/f");
        assertThat(settings("transform", "http://host").name()).isEqualTo("http://host");
        assertThat(settings("transform", "http://host/?x=y", "transform_name", "mine")
                        .name())
                .isEqualTo("mine");
    }
}
