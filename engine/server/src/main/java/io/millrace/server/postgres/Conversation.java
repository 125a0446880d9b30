package io.millrace.server.postgres;

import io.millrace.server.postgres.wire.Message;
import io.millrace.server.postgres.wire.Payload;
import io.millrace.server.postgres.wire.ProtocolException;

/** Answers one client's messages in order, until it leaves or the server stops. Runs in one thread. */
final class Conversation {

    private static final ErrorReport STOPPING = new ErrorReport("57P01", Cancellation.STOPPED);

    private final ClientSession client;
    private final Inbox inbox;
    private final Outbox out;
    private final Cancellation cancellation;
    private final SimpleQuery simple;
    private final ExtendedQuery extended;
    private boolean skipping;

    Conversation(ClientSession client, Inbox inbox, Outbox out, Cancellation cancellation, PostgresSettings settings) {
        this.client = client;
        this.inbox = inbox;
        this.out = out;
        this.cancellation = cancellation;
        RowStreamer streamer = new RowStreamer(out, cancellation, client.settings(), settings);
        Statements statements = new Statements(
                client, new CopyIn(client, out, inbox, cancellation), new CopyOut(client, out, streamer), cancellation);
        this.simple = new SimpleQuery(client, statements, out, streamer);
        this.extended = new ExtendedQuery(client, statements, out, streamer);
    }

    void run() {
        ready();
        Message message;
        while ((message = next()) != null && message.type() != 'X') {
            cancellation.busy();
            answer(message);
        }
        if (inbox.stopping()) {
            out.fatal(STOPPING);
            out.flush();
        }
    }

    private @org.jspecify.annotations.Nullable Message next() {
        try {
            return inbox.take();
        } catch (ProtocolException e) {
            out.fatal(ErrorReport.of(e, null));
            out.flush();
            return null;
        }
    }

    private void answer(Message message) {
        switch (message.type()) {
            case 'Q' -> query(message.payload());
            case 'S' -> sync();
            case 'P', 'B', 'D', 'E', 'C' -> step(message);
            case 'H' -> out.flush();
            case 'F' -> functionCall();
            // What is left of a COPY that ended early.
            case 'd', 'c', 'f' -> cancellation.idle();
            default -> throw new ProtocolException("invalid frontend message type " + (int) message.type());
        }
    }

    private void query(Payload message) {
        skipping = false;
        try {
            String script = message.text();
            message.end();
            simple.run(script);
        } catch (ProtocolException e) {
            fail(e);
        }
        settle();
    }

    /** One step of the extended protocol. After an error the steps up to the next Sync are left out. */
    private void step(Message message) {
        if (skipping) {
            return;
        }
        try {
            Payload payload = message.payload();
            switch (message.type()) {
                case 'P' -> extended.parse(payload);
                case 'B' -> extended.bind(payload);
                case 'D' -> extended.describe(payload);
                case 'E' -> extended.execute(payload);
                default -> extended.close(payload);
            }
            out.flushIfFull();
        } catch (RuntimeException | StackOverflowError e) {
            Failures.rethrowIfGone(e);
            skipping = true;
            fail(e);
        }
    }

    private void fail(Throwable failure) {
        out.error(ErrorReport.of(failure, extended.source()));
        out.flush();
        client.transaction(client.transaction().failed());
    }

    private void sync() {
        skipping = false;
        settle();
    }

    private void functionCall() {
        fail(new SqlStateException("0A000", "function calls by message are not supported", "use SELECT"));
        settle();
    }

    /** Ends what a transaction of one message began, and says that the next may come. */
    private void settle() {
        if (client.transaction() == TransactionState.IDLE) {
            client.closePortals();
        }
        ready();
    }

    private void ready() {
        out.readyForQuery(client.transaction().status());
        cancellation.idle();
        out.flush();
    }
}
