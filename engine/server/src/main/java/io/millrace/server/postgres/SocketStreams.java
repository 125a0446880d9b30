package io.millrace.server.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** A client that came in over TCP. */
final class SocketStreams implements ClientStreams {

    private final Socket socket;

    SocketStreams(Socket socket) {
        this.socket = socket;
    }

    @Override
    public InputStream in() throws IOException {
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        return socket.getInputStream();
    }

    @Override
    public OutputStream out() throws IOException {
        return socket.getOutputStream();
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
