package io.millrace.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.client.WebClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client is told when something goes wrong, before its answer has begun and after. */
@Timeout(60)
class QueryFailuresTest {

    @TempDir
    Path directory;

    @Test
    void aWrongStatementIsAnsweredWithItsPlace() throws Exception {
        try (HttpFixture http = HttpFixture.open(directory)) {
            HttpResponse<InputStream> answer = http.ask("", "-- what\n  SELECT 1 AS a,\n  nothing FROM nowhere;\n");

            JsonNode error = error(answer);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.headers().firstValue("content-type")).contains("application/json; charset=utf-8");
            assertThat(error.path("code").asText()).isEqualTo("UNDEFINED_NAME");
            assertThat(error.path("sqlstate").asText()).isEqualTo("42P01");
            assertThat(error.path("message").asText()).contains("nowhere");
            assertThat(error.path("position").path("line").asInt()).isEqualTo(3);
            assertThat(error.path("position").path("column").asInt()).isEqualTo(16);
        }
    }

    @Test
    void eachMistakeHasItsStatus() throws Exception {
        try (HttpFixture http = HttpFixture.open(directory)) {
            http.run("CREATE STREAM trades (n INTEGER)");
            check(http, "", "SELEC 1", 400, "SYNTAX_ERROR");
            check(http, "", "", 400, "INVALID_STATEMENT");
            check(http, "", "SELECT 1; SELECT 2", 400, "INVALID_STATEMENT");
            check(http, "", "CREATE STREAM trades (n INTEGER)", 409, "DUPLICATE_NAME");
            check(http, "format=xls", "SELECT n FROM trades", 400, "INVALID_ARGUMENT");
            check(http, "compresion=zstd&format=arrow", "SELECT n FROM trades", 400, "INVALID_ARGUMENT");
            check(http, "format=csv&format=arrow", "SELECT n FROM trades", 400, "INVALID_ARGUMENT");
            check(http, "param=1", "SELECT n FROM trades", 400, "INVALID_ARGUMENT");
            check(http, "param=x", "SELECT n FROM trades WHERE n = ?", 400, "INVALID_VALUE");
            check(http, "format=parquet", "SELECT STREAM n FROM trades", 400, "UNSUPPORTED");
            check(http, "timezone=Mars", "SELECT 1", 400, "INVALID_ARGUMENT");
            check(http, "timeout=soon", "SELECT 1", 400, "INVALID_ARGUMENT");
        }
    }

    private static void check(HttpFixture http, String query, String sql, int status, String code) throws Exception {
        HttpResponse<InputStream> answer = http.ask(query, sql);
        assertThat(error(answer).path("code").asText()).as(sql).isEqualTo(code);
        assertThat(answer.statusCode()).as(sql).isEqualTo(status);
    }

    @Test
    void aBodyOfJsonIsChecked() throws Exception {
        try (HttpFixture http = HttpFixture.open(directory)) {
            for (String body : new String[] {"{", "[]", "{\"sql\": 1}", "{\"sql\": \"SELECT 1\", \"parameters\": 5}"}) {
                HttpResponse<InputStream> answer = http.ask("", body, "Content-Type", "application/json");
                assertThat(error(answer).path("code").asText()).as(body).isEqualTo("INVALID_ARGUMENT");
                assertThat(answer.statusCode()).isEqualTo(400);
            }
        }
    }

    @Test
    void onlyPostIsAnswered() throws Exception {
        try (HttpFixture http = HttpFixture.open(directory)) {
            var answer = WebClient.of("http://127.0.0.1:" + http.address().getPort())
                    .get("/v1/query?sql=DROP")
                    .aggregate()
                    .join();

            assertThat(answer.status().code()).isEqualTo(405);
            assertThat(answer.headers().get("allow")).isEqualTo("POST");
        }
    }

    @Test
    void aRequestThatIsTooLongIsRefused() throws Exception {
        try (HttpFixture http = HttpFixture.open(directory)) {
            HttpResponse<InputStream> answer = http.ask("", "SELECT '" + "x".repeat(17 << 20) + "'");

            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(error(answer).path("code").asText()).isEqualTo("LIMIT_EXCEEDED");
        }
    }

    @Test
    void anAnswerThatFailsOnTheWayIsNoWholeAnswer() throws Exception {
        try (HttpFixture http = HttpFixture.open(directory, ScriptedCursor.failingAfter(3))) {
            HttpResponse<InputStream> answer = http.ask("", "SELECT 1");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> answer.body().readAllBytes()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void norIsOneOverHttp2() throws Exception {
        try (HttpFixture http = HttpFixture.open(directory, ScriptedCursor.failingAfter(3))) {
            var answer =
                    WebClient.of("h2c://127.0.0.1:" + http.address().getPort()).post("/v1/query", "SELECT 1");

            assertThatThrownBy(() -> answer.aggregate().join()).hasRootCauseInstanceOf(Exception.class);
        }
    }

    @Test
    void nothingEndsABodyThatIsBrokenOff() throws Exception {
        try (HttpFixture http = HttpFixture.open(directory, ScriptedCursor.failingAfter(3));
                Socket socket = http.send("SELECT 1", "Host: localhost")) {
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(all).startsWith("HTTP/1.1 200 OK").contains("transfer-encoding: chunked");
            assertThat(all).doesNotContain("\r\n0\r\n");
        }
    }

    @Test
    void aFailureBeforeTheFirstRowIsAnAnswerOfItsOwn() throws Exception {
        try (HttpFixture http = HttpFixture.open(directory, ScriptedCursor.failingAfter(0))) {
            HttpResponse<InputStream> answer = http.ask("", "SELECT 1");

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(error(answer).path("message").asText()).isEqualTo("the disk has lost it");
        }
    }

    @Test
    void aTimeoutEndsWhatTakesLonger() throws Exception {
        ScriptedCursor cursor = ScriptedCursor.waitingAfter(1);
        try (HttpFixture http = HttpFixture.open(directory, cursor)) {
            InputStream body = http.ask("timeout=100+ms", "SELECT 1").body();

            assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
            assertThat(cursor.awaitClose()).isTrue();
        }
    }

    private static JsonNode error(HttpResponse<InputStream> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body()).path("error");
    }
}
