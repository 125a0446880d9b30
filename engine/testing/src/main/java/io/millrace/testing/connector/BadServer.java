package io.millrace.testing.connector;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on a free port of loopback that takes connections and answers none of them as it should. */
public final class BadServer implements AutoCloseable {

    private final ServerSocket socket;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final byte[] answer;
    private final boolean hangsUp;

    private BadServer(String answer, boolean hangsUp) throws IOException {
        this.hangsUp = hangsUp;
        this.answer = answer.getBytes(StandardCharsets.UTF_8);
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    /** Returns a server that says nothing, for ever. */
    public static BadServer silent() throws IOException {
        return new BadServer("", false);
    }

    /** Returns a server that says what no protocol has, and hangs up. */
    public static BadServer garbled() throws IOException {
        return new BadServer("\u0007no protocol says this\r\n\r\n", true);
    }

    /** Returns a server that begins to answer by HTTP, and says nothing more, for ever. */
    public static BadServer stalling() throws IOException {
        return new BadServer("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"records\": [", false);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Returns how many connections it has taken. */
    public int connections() {
        return connections.size();
    }

    private void serve() {
        try {
            while (true) {
                Socket connection = socket.accept();
                connections.add(connection);
                if (answer.length > 0) {
                    OutputStream out = connection.getOutputStream();
                    out.write(answer);
                    out.flush();
                }
                if (hangsUp) {
                    connection.close();
                }
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("the socket cannot be closed", e);
        }
    }
}
