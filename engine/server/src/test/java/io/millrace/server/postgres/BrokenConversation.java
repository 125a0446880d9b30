package io.millrace.server.postgres;

import io.millrace.server.postgres.wire.WireBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.Random;

/** A conversation that begins well, nearly always, and then goes wrong in a way that its seed decides. */
final class BrokenConversation {

    private static final String[] SQL = {
        "SELECT 1",
        "SELECT STREAM n FROM s",
        "COPY s FROM STDIN",
        "COPY s FROM STDIN (FORMAT binary)",
        "COPY s FROM STDIN CSV",
        "COPY s TO STDOUT",
        "BEGIN",
        "DECLARE c CURSOR FOR SELECT STREAM n FROM s",
        "FETCH 3 FROM c",
        "SET statement_timeout = 5",
        "PREPARE p AS SELECT $1",
        "EXECUTE p ('x')",
        "SELECT '",
        "(((((((",
        "",
        ";;;"
    };
    private static final String TYPES = "QPBDECSHFXdcfp\0\1z";

    private final Random random;

    BrokenConversation(long seed) {
        this.random = new Random(seed);
    }

    /** Has it with a server and leaves without a word. */
    void run(InetSocketAddress address) throws IOException {
        try (RawClient client = new RawClient(address)) {
            int begin = random.nextInt(10);
            if (begin == 0) {
                garbage(client.out(), random.nextInt(200));
            } else if (begin == 1) {
                client.out()
                        .int32(16)
                        .int32(1234 << 16 | 5678)
                        .int32(random.nextInt(100))
                        .int32(random.nextInt());
            } else if (begin == 2) {
                client.sendStartup(random.nextInt(), Map.of("user", "x"));
            } else {
                client.login();
            }
            for (int i = random.nextInt(12); i > 0; i--) {
                message(client.out());
            }
            int length = client.out().size();
            if (random.nextInt(3) == 0 && length > 0) {
                client.out().truncate(random.nextInt(length));
            }
            client.send();
            if (random.nextBoolean()) {
                readSome(client.socket());
            }
        } catch (java.net.SocketException | java.io.EOFException e) {
            // The server had enough of it.
        }
    }

    private void message(WireBuffer out) {
        switch (random.nextInt(8)) {
            case 0 -> garbage(out, random.nextInt(40));
            case 1 -> out.int8(TYPES.charAt(random.nextInt(TYPES.length()))).int32(random.nextInt(20) - 10);
            case 2 -> out.int8('d').int32(Integer.MAX_VALUE);
            case 3 -> {
                out.begin(TYPES.charAt(random.nextInt(TYPES.length())));
                garbage(out, random.nextInt(60));
                out.end();
            }
            case 4 -> out.begin('Q').text(sql()).end();
            case 5 -> {
                out.begin('P')
                        .text("")
                        .text(sql())
                        .int16(random.nextInt(3))
                        .int32(random.nextInt(2000))
                        .end();
                out.begin('B').text("").text("").int16(0).int16(0).int16(0).end();
                out.begin('E').text("").int32(random.nextInt(5) - 1).end();
            }
            case 6 -> {
                out.begin('Q').text(SQL[2 + random.nextInt(3)]).end();
                out.begin('d');
                garbage(out, random.nextInt(300));
                out.end();
                out.begin(random.nextBoolean() ? 'c' : 'f').text("").end();
            }
            default -> out.begin('S').end();
        }
    }

    /** A statement, as it is or with a letter that does not belong there. */
    private String sql() {
        StringBuilder sql = new StringBuilder(SQL[random.nextInt(SQL.length)]);
        if (random.nextInt(3) == 0) {
            sql.insert(random.nextInt(sql.length() + 1), (char) (1 + random.nextInt(300)));
        }
        return sql.toString();
    }

    private void garbage(WireBuffer out, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        out.bytes(bytes);
    }

    private static void readSome(Socket socket) throws IOException {
        socket.setSoTimeout(5);
        InputStream in = socket.getInputStream();
        byte[] bytes = new byte[4096];
        try {
            for (int i = 0; i < 3 && in.read(bytes) >= 0; i++) {
                // What it says does not matter here.
            }
        } catch (SocketTimeoutException e) {
            // It waits for more.
        }
    }
}
