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

    private BadServer(String answer) throws IOException {
        this.answer = answer.getBytes(StandardCharsets.UTF_8);
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    /** Returns a server that says nothing, for ever. */
    public static BadServer silent() throws IOException {
        return new BadServer("");
    }

    /** Returns a server that says what no protocol has, and hangs up. */
    public static BadServer garbled() throws IOException {
        return new BadServer("\u0007no protocol says this\r\n\r\n");
    }

    public int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        try {
            while (true) {
                Socket connection = socket.accept();
                connections.add(connection);
                if (answer.length > 0) {
                    OutputStream out = connection.getOutputStream();
                    out.write(answer);
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
