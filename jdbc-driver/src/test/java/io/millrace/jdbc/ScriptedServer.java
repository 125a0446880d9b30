package io.millrace.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A server that says what a test has it say, once a statement is asked for. */
final class ScriptedServer implements Closeable {

    private static final int CANCEL = (1234 << 16) | 5678;

    /** What a test does with a session that was asked to run a statement. */
    interface Script {
        void run(String sql, Session session) throws Exception;
    }

    final BlockingQueue<Integer> cancelled = new LinkedBlockingQueue<>();
    final List<String> statements = new CopyOnWriteArrayList<>();
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Script script;
    private int sessions;

    ScriptedServer(Script script) throws IOException {
        this.script = script;
        Thread accept = new Thread(this::accept, "scripted-accept");
        accept.setDaemon(true);
        accept.start();
    }

    String url(String properties) {
        return "jdbc:millrace://127.0.0.1:" + server.getLocalPort() + "/" + properties;
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                int number = ++sessions;
                Thread thread = new Thread(() -> serve(socket, number), "scripted-" + number);
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] startUp = in.readNBytes(in.readInt() - 4);
            Session session = new Session(number, new DataOutputStream(socket.getOutputStream()));
            if (java.nio.ByteBuffer.wrap(startUp).getInt() == CANCEL) {
                cancelled.add(java.nio.ByteBuffer.wrap(startUp).getInt(4));
                return;
            }
            session.message('R', new byte[4]);
            session.message('K', new byte[] {0, 0, 0, (byte) number, 0, 0, 0, 7});
            session.ready();
            converse(in, session);
        } catch (Exception e) {
            // The test is over, or the client has left.
        }
    }

    private void converse(DataInputStream in, Session session) throws Exception {
        String sql = "";
        while (true) {
            int type = in.read();
            byte[] body = type < 0 ? new byte[0] : in.readNBytes(in.readInt() - 4);
            if (type < 0 || type == 'X') {
                return;
            }
            if (type == 'P') {
                String text = new String(body, StandardCharsets.UTF_8);
                sql = text.substring(1, text.indexOf('\0', 1));
                statements.add(sql);
            }
            if (type == 'S') {
                script.run(sql, session);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** The server's side of a session. */
    static final class Session {

        final int number;
        private final DataOutputStream out;

        Session(int number, DataOutputStream out) {
            this.number = number;
            this.out = out;
        }

        void message(char type, byte[] body) throws IOException {
            out.write(type);
            out.writeInt(body.length + 4);
            out.write(body);
            out.flush();
        }

        /** Describes one column of text. */
        void columns() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream body = new DataOutputStream(bytes);
            body.writeShort(1);
            body.writeBytes("a\0");
            body.writeInt(0);
            body.writeShort(0);
            body.writeInt(25);
            body.writeShort(-1);
            body.writeInt(-1);
            body.writeShort(0);
            message('T', bytes.toByteArray());
        }

        void row(String text) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream body = new DataOutputStream(bytes);
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            body.writeShort(1);
            body.writeInt(utf8.length);
            body.write(utf8);
            message('D', bytes.toByteArray());
        }

        void alive() throws IOException {
            message('S', "application_name\0x\0".getBytes(StandardCharsets.UTF_8));
        }

        void failed(String state, String text) throws IOException {
            message('E', ("SERROR\0C" + state + "\0M" + text + "\0Hlook\0\0").getBytes(StandardCharsets.UTF_8));
        }

        void complete(String tag) throws IOException {
            message('C', (tag + "\0").getBytes(StandardCharsets.UTF_8));
            ready();
        }

        void ready() throws IOException {
            message('Z', new byte[] {'I'});
        }
    }
}
