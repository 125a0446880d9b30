package io.millrace.server.postgres;

import io.millrace.server.postgres.security.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A client that came in over TCP. */
final class SocketStreams implements ClientStreams {

    private final Socket socket;
    private @Nullable SSLSocket encrypted;

    SocketStreams(Socket socket) {
        this.socket = socket;
    }

    @Override
    public InputStream in() throws IOException {
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        return encrypted == null ? socket.getInputStream() : encrypted.getInputStream();
    }

    @Override
    public OutputStream out() throws IOException {
        return encrypted == null ? socket.getOutputStream() : encrypted.getOutputStream();
    }

    @Override
    public boolean canEncrypt() {
        return true;
    }

    @Override
    public void encrypt(Tls tls, byte[] consumed, boolean direct) throws IOException {
        encrypted = tls.encrypt(socket, consumed, direct);
    }

    @Override
    public boolean local() {
        return socket.getInetAddress().isLoopbackAddress();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
