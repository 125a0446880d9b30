package io.millrace.server.postgres;

import io.millrace.server.postgres.wire.WireBuffer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A client that sends any bytes it likes. */
final class RawClient implements AutoCloseable {

    /** A message of the server. */
    record Reply(char type, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** Returns the value of a field of an error or a notice, or null. */
        String field(char name) {
            for (String field : text().split("\0")) {
                if (!field.isEmpty() && field.charAt(0) == name) {
                    return field.substring(1);
                }
            }
            return null;
        }

        /** Returns the values of a row in text, null for NULL. */
        List<String> values() throws IOException {
            DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(body));
            List<String> values = new ArrayList<>();
            int count = in.readUnsignedShort();
            for (int i = 0; i < count; i++) {
                int length = in.readInt();
                values.add(length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8));
            }
            return values;
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final WireBuffer out = new WireBuffer(65_536);
    int process;
    int secret;

    RawClient(InetSocketAddress address) throws IOException {
        socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(15_000);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
    }

    Socket socket() {
        return socket;
    }

    /** Returns the buffer to append messages to; {@link #send} sends them. */
    WireBuffer out() {
        return out;
    }

    RawClient send() throws IOException {
        out.drainTo(socket.getOutputStream());
        return this;
    }

    RawClient sendStartup(Map<String, String> parameters) throws IOException {
        return sendStartup(3 << 16, parameters);
    }

    RawClient sendStartup(int version, Map<String, String> parameters) throws IOException {
        int length = out.hole();
        out.int32(version);
        parameters.forEach((name, value) -> out.text(name).text(value));
        out.int8(0);
        out.fill(length);
        byte[] message = out.utf8().toByteArray();
        message[3] += 4;
        out.truncate(0);
        socket.getOutputStream().write(message);
        return this;
    }

    /** Logs in as the user that everybody may be. */
    RawClient login() throws IOException {
        sendStartup(Map.of("user", "millrace", "database", "millrace"));
        Reply reply;
        while ((reply = read()).type() != 'Z') {
            if (reply.type() == 'K') {
                DataInputStream key = new DataInputStream(new java.io.ByteArrayInputStream(reply.body()));
                process = key.readInt();
                secret = key.readInt();
            }
            if (reply.type() == 'E') {
                throw new IOException(reply.text());
            }
        }
        return this;
    }

    RawClient query(String sql) throws IOException {
        out.begin('Q').text(sql).end();
        return send();
    }

    /** Appends the messages that run a statement with text parameters, up to Execute. */
    RawClient extended(String sql, String portal, int rowsMax) {
        out.begin('P').text("").text(sql).int16(0).end();
        out.begin('B').text(portal).text("").int16(0).int16(0).int16(0).end();
        out.begin('D').int8('P').text(portal).end();
        return execute(portal, rowsMax);
    }

    RawClient execute(String portal, int rowsMax) {
        out.begin('E').text(portal).int32(rowsMax).end();
        return this;
    }

    RawClient sync() {
        out.begin('S').end();
        return this;
    }

    Reply read() throws IOException {
        char type = (char) in.readUnsignedByte();
        return new Reply(type, in.readNBytes(in.readInt() - 4));
    }

    char readByte() throws IOException {
        return (char) in.readUnsignedByte();
    }

    /** Returns whether the server has closed the connection. */
    boolean ended() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException e) {
            return true;
        }
    }

    /** Reads up to ReadyForQuery and returns the types, that one included. */
    String typesUntilReady() throws IOException {
        StringBuilder types = new StringBuilder();
        char type;
        do {
            type = read().type();
            types.append(type);
        } while (type != 'Z');
        return types.toString();
    }

    /** Reads up to a message of the type and returns it. */
    Reply readUntil(char type) throws IOException {
        Reply reply = read();
        while (reply.type() != type) {
            reply = read();
        }
        return reply;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
