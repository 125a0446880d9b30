package io.millrace.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that read slowly, leave, or are left. */
@Timeout(60)
class SlowAndGoneClientsTest {

    /** What may lie between query and client: chunks, Armeria, Netty and the sockets of both sides. */
    private static final long BETWEEN_BYTES_MAX = 8 << 20;

    private static final long READ_BYTES = 64 << 20;

    @TempDir
    Path directory;

    @Test
    void aSlowReaderSlowsItsQuery() throws Exception {
        ScriptedCursor cursor = ScriptedCursor.unending();
        try (HttpFixture http = HttpFixture.open(directory, cursor);
                Socket socket = http.send("SELECT 1", "Host: localhost")) {
            InputStream in = socket.getInputStream();
            byte[] some = new byte[4096];
            long read = 0;
            long ahead = 0;
            while (read < READ_BYTES) {
                read += in.read(some);
                ahead = Math.max(ahead, cursor.polled() * ScriptedCursor.ROW_BYTES - read);
            }

            assertThat(ahead).isLessThan(BETWEEN_BYTES_MAX);
        }
        assertThat(cursor.awaitClose()).isTrue();
    }

    @Test
    void aClientThatLeavesCancelsItsQuery() throws Exception {
        ScriptedCursor cursor = ScriptedCursor.unending();
        try (HttpFixture http = HttpFixture.open(directory, cursor)) {
            try (Socket socket = http.send("SELECT 1", "Host: localhost")) {
                assertThat(socket.getInputStream().read()).isEqualTo('H');
            }
            assertThat(cursor.awaitClose()).isTrue();
        }
    }

    @Test
    void alsoWhileTheQueryWaitsForRows() throws Exception {
        ScriptedCursor cursor = ScriptedCursor.waitingAfter(1);
        try (HttpFixture http = HttpFixture.open(directory, cursor)) {
            try (Socket socket = http.send("SELECT 1", "Host: localhost")) {
                assertThat(socket.getInputStream().readNBytes(ScriptedCursor.ROW_BYTES))
                        .hasSize(ScriptedCursor.ROW_BYTES);
            }
            assertThat(cursor.awaitClose()).isTrue();
        }
    }

    @Test
    void aTimeoutEndsTheWaitForASlowReader() throws Exception {
        ScriptedCursor cursor = ScriptedCursor.unending();
        try (HttpFixture http = HttpFixture.open(directory, cursor);
                InputStream body = http.ask("timeout=200+ms", "SELECT 1").body()) {
            assertThat(body.read()).isEqualTo('{');
            assertThat(cursor.awaitClose()).isTrue();
        }
    }

    @Test
    void closingTheDoorEndsItsQueries() throws Exception {
        ScriptedCursor cursor = ScriptedCursor.waitingAfter(1);
        try (HttpFixture http = HttpFixture.open(directory, cursor);
                Socket socket = http.send("SELECT 1", "Host: localhost")) {
            socket.getInputStream().readNBytes(ScriptedCursor.ROW_BYTES);
            http.closeGateway();

            assertThat(cursor.awaitClose()).isTrue();
        }
    }
}
