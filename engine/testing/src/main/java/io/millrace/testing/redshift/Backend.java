package io.millrace.testing.redshift;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's side of a conversation. What it says goes to the client, or here while the door asks by itself. */
final class Backend {

    private static final Message GONE = Message.empty('!');

    private final DataInputStream in;
    private final DataOutputStream out;
    private final DataOutputStream client;
    private final LinkedBlockingQueue<Message> heard = new LinkedBlockingQueue<>();
    private volatile boolean asking;
    private byte state = 'I';

    Backend(DataInputStream in, DataOutputStream out, DataOutputStream client) {
        this.in = in;
        this.out = out;
        this.client = client;
    }

    /** Passes on what the server says until it says no more. */
    void listen() throws IOException {
        try {
            while (true) {
                Message message = Message.read(in);
                if (asking) {
                    heard.add(message);
                } else {
                    tell(message);
                }
            }
        } finally {
            heard.add(GONE);
        }
    }

    private void tell(Message message) throws IOException {
        synchronized (client) {
            message.write(client);
            client.flush();
        }
    }

    /** Begins to ask: what was asked before is answered to the client first. */
    void begin() throws IOException {
        asking = true;
        send(Message.empty('S'));
        for (Message message = next(); message.type() != 'Z'; message = next()) {
            tell(message);
        }
    }

    /** Ends asking with answers for the client. */
    void end(List<Message> answers) throws IOException {
        for (Message answer : answers) {
            tell(answer);
        }
        asking = false;
        tell(new Message('Z', new byte[] {state}));
    }

    void send(Message message) throws IOException {
        message.write(out);
        out.flush();
    }

    @SuppressWarnings("ReferenceEquality") // GONE is a mark, and no message
    private Message next() throws IOException {
        try {
            Message message = heard.take();
            if (message == GONE) {
                throw new IOException("the server is gone");
            }
            if (message.type() == 'Z') {
                state = message.body()[0];
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Runs a statement and returns its failure, or null. */
    @Nullable
    Message run(String sql) throws IOException {
        send(Message.of('Q', sql));
        return failure();
    }

    /** Copies lines into a table and returns the failure, or null. */
    @Nullable
    Message copy(String sql, List<String> lines) throws IOException {
        send(Message.of('Q', sql));
        Message answer = next();
        if (answer.type() != 'G') {
            Message failure = failure();
            return answer.type() == 'E' ? answer : failure;
        }
        for (String line : lines) {
            send(new Message('d', (line + "\n").getBytes(StandardCharsets.UTF_8)));
        }
        send(Message.empty('c'));
        return failure();
    }

    private @Nullable Message failure() throws IOException {
        List<Message> failures = new ArrayList<>();
        for (Message message = next(); message.type() != 'Z'; message = next()) {
            if (message.type() == 'E') {
                failures.add(message);
            }
        }
        return failures.isEmpty() ? null : failures.getFirst();
    }
}
