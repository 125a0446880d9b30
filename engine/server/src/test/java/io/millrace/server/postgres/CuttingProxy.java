package io.millrace.server.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Stands between a client and a server, and cuts connections after as many bytes of the server's as chance wants:
 * amid a message as well as between two.
 */
final class CuttingProxy implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Supplier<InetSocketAddress> server;
    private final Random random;
    private final int bytesMax;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Socket> towardsServer = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile boolean cutting;

    /** @param bytesMax most bytes that a connection lasts for, once {@link #cut} was called */
    CuttingProxy(Supplier<InetSocketAddress> server, long seed, int bytesMax) throws IOException {
        this.server = server;
        this.random = new Random(seed);
        this.bytesMax = bytesMax;
        start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Begins to cut: what is connected now at once, all others after a while. */
    void cut() {
        cutting = true;
        cutAll();
    }

    void stopCutting() {
        cutting = false;
    }

    void cutAll() {
        open.forEach(CuttingProxy::close);
    }

    /** Cuts all connections towards the server, whose last words still get through. */
    void cutRequests() throws IOException {
        for (Socket server : towardsServer) {
            server.shutdownOutput();
        }
    }

    /** Returns how many connections were cut. */
    int cuts() {
        return cuts.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket behind = connect(client);
                if (behind != null) {
                    long bytes = cutting ? nextBytes() : Long.MAX_VALUE;
                    start(() -> forward(client, behind, Long.MAX_VALUE));
                    start(() -> forward(behind, client, bytes));
                }
            } catch (IOException e) {
                // The test is over.
            }
        }
    }

    private synchronized long nextBytes() {
        return random.nextInt(bytesMax);
    }

    private Socket connect(Socket client) {
        open.add(client);
        InetSocketAddress address = server.get();
        try {
            Socket behind = new Socket(address.getAddress(), address.getPort());
            behind.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            open.add(behind);
            towardsServer.add(behind);
            return behind;
        } catch (IOException e) {
            close(client);
            return null;
        }
    }

    private void forward(Socket from, Socket to, long bytes) {
        byte[] buffer = new byte[8192];
        long left = bytes;
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int read = in.read(buffer);
            while (read >= 0 && left > 0) {
                int sent = (int) Math.min(read, left);
                out.write(buffer, 0, sent);
                left -= sent;
                read = left > 0 ? in.read(buffer) : 0;
            }
            cuts.addAndGet(left == 0 ? 1 : 0);
        } catch (IOException e) {
            // One side is gone, and so goes the other.
        } finally {
            open.removeAll(Set.of(from, to));
            towardsServer.removeAll(Set.of(from, to));
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cutAll();
    }
}
