package io.millrace.testing.redshift;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands before a PostgreSQL and loads files of a bucket into it as Redshift does. */
public final class RedshiftDoor implements AutoCloseable {

    /** What a database needs to stand behind it. */
    public static final List<String> SCHEMA = List.of(
            "CREATE TABLE stl_load_errors (query bigint, line_number bigint, colname text, err_reason text)",
            "CREATE TABLE sys_load_error_detail (query_id bigint, line_number bigint, column_name text,"
                    + " error_message text)",
            "CREATE FUNCTION pg_last_copy_id() RETURNS bigint LANGUAGE sql AS"
                    + " $$SELECT current_setting('redshift.copy_id')::bigint$$",
            "CREATE FUNCTION pg_last_copy_count() RETURNS bigint LANGUAGE sql AS"
                    + " $$SELECT current_setting('redshift.copy_count')::bigint$$");

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int postgresPort;
    private final String endpoint;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> loads = new CopyOnWriteArrayList<>();
    private volatile boolean denied;
    private volatile boolean silent;

    /**
     * Opens it.
     *
     * @param postgresPort where PostgreSQL listens, with {@link #SCHEMA} in its database
     * @param endpoint of the bucket's server, which gives objects to whoever asks
     */
    public RedshiftDoor(int postgresPort, String endpoint) throws IOException {
        this.postgresPort = postgresPort;
        this.endpoint = endpoint;
        start(this::accept);
    }

    /** Returns the URL of its database. */
    public String url() {
        return "redshift://127.0.0.1:" + listening.getLocalPort() + "/postgres?user=millrace&sslmode=disable";
    }

    /** Returns all loads that were asked for, as they were. */
    public List<String> loads() {
        return loads;
    }

    /** Has it be refused by the bucket, or not any more. */
    public void deny(boolean refused) {
        denied = refused;
    }

    /** Has it not say which lines it passes over, or say so again. */
    public void hideErrors(boolean hidden) {
        silent = hidden;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                start(() -> serve(client));
            } catch (IOException e) {
                // It was closed.
            }
        }
    }

    private static void start(Runnable work) {
        Thread.ofVirtual().start(work);
    }

    private void serve(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), postgresPort)) {
            open.add(client);
            open.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            DataInputStream in = in(client);
            DataOutputStream out = out(client);
            DataOutputStream toServer = out(server);
            DataInputStream fromServer = in(server);
            enter(in, out, fromServer, toServer);
            Backend backend = new Backend(fromServer, toServer, out);
            start(() -> listen(backend, client));
            pass(in, backend);
        } catch (IOException e) {
            // One of the two is gone, and so is the other now.
        }
    }

    private static DataInputStream in(Socket socket) throws IOException {
        return new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    private static DataOutputStream out(Socket socket) throws IOException {
        return new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    }

    private static void listen(Backend backend, Socket client) {
        try (client) {
            backend.listen();
        } catch (IOException e) {
            // The server is gone.
        }
    }

    /** Passes on what stands before the first message. */
    private static void enter(
            DataInputStream in, DataOutputStream out, DataInputStream fromServer, DataOutputStream toServer)
            throws IOException {
        while (true) {
            int length = in.readInt();
            byte[] body = new byte[length - 4];
            in.readFully(body);
            toServer.writeInt(length);
            toServer.write(body);
            toServer.flush();
            int code = ByteBuffer.wrap(body).getInt();
            if (code != SSL_REQUEST && code != GSS_REQUEST) {
                return;
            }
            out.writeByte(fromServer.readByte());
            out.flush();
        }
    }

    private void pass(DataInputStream in, Backend backend) throws IOException {
        while (true) {
            Message message = Message.read(in);
            LoadRequest load = message.type() == 'P' ? LoadRequest.of(message.texts()[1]) : null;
            if (load == null) {
                backend.send(message);
                continue;
            }
            loads.add(message.texts()[1]);
            backend.begin();
            boolean described = false;
            for (Message next = Message.read(in); next.type() != 'S'; next = Message.read(in)) {
                described |= next.type() == 'D';
            }
            Message failure = new Load(backend, load, !silent).run(this::object);
            backend.end(Load.answers(failure, described));
        }
    }

    private byte[] object(String url) throws IOException {
        if (denied) {
            throw new IOException("Access Denied,Status 403");
        }
        URI where = URI.create(endpoint + "/" + url.substring("s3://".length()));
        try {
            HttpResponse<byte[]> answer =
                    http.send(HttpRequest.newBuilder(where).GET().build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IOException(url + ",Status " + answer.statusCode());
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
        http.close();
    }
}
