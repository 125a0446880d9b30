package io.millrace.testing.connector;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Stands before a server, on a free port of loopback, and behaves as servers and networks do that have failed. */
public final class FaultyProxy implements AutoCloseable {

    /** What connections meet. */
    public enum Fault {
        /** The server. */
        NONE,
        /** Nobody: they are reset. */
        GONE,
        /** Somebody who reads and says nothing, for ever. */
        SILENT,
        /** The server, whose answers come a byte a second: never silent for long, and never done. */
        TRICKLING,
        /** Somebody who says what no protocol has, and hangs up. */
        GARBLED,
        /** An HTTP server that has failed. */
        ERROR_500,
        /** An HTTP server that has too much to do. */
        BUSY_503,
        /** An HTTP server without room. */
        FULL_507
    }

    private static final Duration TRICKLE = Duration.ofSeconds(1);

    private final InetSocketAddress server;
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger met = new AtomicInteger();
    private final AtomicInteger trickled = new AtomicInteger();
    private volatile Fault fault = Fault.NONE;

    /** @param server a URL with the server's host and port */
    public FaultyProxy(URI server) throws IOException {
        this.server = new InetSocketAddress(server.getHost(), server.getPort());
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** Has connections meet this from now on; those that are open break. */
    public void have(Fault newFault) {
        fault = newFault;
        open.forEach(FaultyProxy::reset);
    }

    /** Returns how many bytes came one by one. */
    public int trickled() {
        return trickled.get();
    }

    /** Returns how many connections met a fault. */
    public int met() {
        return met.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                open.add(client);
                Fault now = fault;
                if (now != Fault.NONE) {
                    met.incrementAndGet();
                }
                Thread.ofVirtual().start(() -> serve(client, now));
            } catch (IOException e) {
                // The test is over.
            }
        }
    }

    private void serve(Socket client, Fault now) {
        try (client) {
            switch (now) {
                case NONE -> forward(client, FaultyProxy::copy);
                case TRICKLING -> forward(client, this::trickle);
                case GONE -> reset(client);
                case SILENT -> client.getInputStream().transferTo(OutputStream.nullOutputStream());
                case GARBLED -> answer(client, "\u0007no protocol says this\r\n\r\n");
                case ERROR_500 -> answer(client, http("500 Internal Server Error"));
                case BUSY_503 -> answer(client, http("503 Service Unavailable"));
                case FULL_507 -> answer(client, http("507 Insufficient Storage"));
            }
        } catch (IOException e) {
            // One side is gone, and so goes the other.
        } finally {
            open.remove(client);
        }
    }

    private static String http(String status) {
        return "HTTP/1.1 " + status
                + "\r\nContent-Type: text/plain\r\nContent-Length: 3\r\nConnection: close\r\n\r\nill";
    }

    /** Says it when something was asked, and waits until the client has heard it and hangs up. */
    private static void answer(Socket client, String text) throws IOException {
        InputStream in = client.getInputStream();
        byte[] asked = new byte[1 << 16];
        if (in.read(asked) >= 0) {
            client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            client.shutdownOutput();
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Hands on what one side says to the other. */
    @FunctionalInterface
    private interface Copying {
        void copy(Socket from, Socket to);
    }

    private void forward(Socket client, Copying answers) throws IOException {
        try (Socket behind = new Socket(server.getAddress(), server.getPort())) {
            open.add(behind);
            Thread.ofVirtual().start(() -> answers.copy(behind, client));
            copy(client, behind);
            open.remove(behind);
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One side is gone, and so goes the other.
        }
    }

    private void trickle(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                to.getOutputStream().write(next);
                trickled.incrementAndGet();
                LockSupport.parkNanos(TRICKLE.toNanos());
            }
        } catch (IOException e) {
            // One side is gone, and so goes the other.
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It is of no use any more.
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new IllegalStateException("the socket cannot be closed", e);
        }
        open.forEach(FaultyProxy::reset);
    }
}
