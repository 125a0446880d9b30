package io.millrace.server.postgres;

import io.millrace.server.postgres.copy.CopyInput;
import io.millrace.server.postgres.statement.SessionStatement.CopyFrom;
import io.millrace.server.postgres.wire.Message;
import io.millrace.server.postgres.wire.ProtocolException;
import io.millrace.server.session.BulkInsert;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.time.Duration;

/**
 * Carries out {@code COPY … FROM STDIN}: takes the client's messages until it says that it is done.
 *
 * <p>Rows go into a stream as they come, and the command is complete when all are durable. Where it ends early,
 * the rows before stay: the report says how many. A table takes all rows at the end.
 */
final class CopyIn {

    /** How long a client may pause before the rows there are go on. */
    private static final Duration LINGER = Duration.ofMillis(20);

    private final ClientSession client;
    private final Outbox out;
    private final Inbox inbox;
    private final Cancellation cancellation;

    CopyIn(ClientSession client, Outbox out, Inbox inbox, Cancellation cancellation) {
        this.client = client;
        this.out = out;
        this.inbox = inbox;
        this.cancellation = cancellation;
    }

    /** Carries it out and returns what was done. */
    String run(CopyFrom copy) {
        try (BulkInsert target = client.engine().bulkInsert(copy.stream(), copy.columns())) {
            CopyInput input = new CopyInput(
                    target.stream(),
                    target.rowType(),
                    copy.options(),
                    client.settings().zone(),
                    target::write);
            out.copyResponse('G', copy.options().binary(), target.rowType().size());
            out.flush();
            return "COPY " + take(target, input);
        }
    }

    private long take(BulkInsert target, CopyInput input) {
        cancellation.running(inbox::wake);
        try {
            receive(input);
            target.finish();
            client.wrote();
            return input.rows();
        } catch (RuntimeException e) {
            Failures.rethrowIfGone(e);
            throw new StoppedCopyException(e, kept(target, input));
        } finally {
            cancellation.running(null);
        }
    }

    /** Makes durable what was taken and says how much it is. */
    private static String kept(BulkInsert target, CopyInput input) {
        if (target.whole()) {
            return "No row is in the table: it takes all or none.";
        }
        try {
            target.finish();
            return "The first " + input.rows() + " rows are in the stream.";
        } catch (RuntimeException e) {
            return "At most the first " + input.rows() + " rows are in the stream.";
        }
    }

    private void receive(CopyInput input) {
        Deadline deadline = Deadline.after(client.settings().statementTimeoutMillis());
        for (Message message = next(input, deadline); message.type() != 'c'; message = next(input, deadline)) {
            switch (message.type()) {
                case 'd' -> input.add(message.body());
                case 'f' ->
                    throw new SqlStateException(
                            "57014",
                            "COPY from stdin failed: " + message.payload().text());
                case 'H', 'S' -> {
                    // Of no meaning here, as in PostgreSQL.
                }
                default ->
                    throw new ProtocolException(
                            "unexpected message type " + (int) message.type() + " during COPY from stdin");
            }
        }
        input.end();
    }

    /** Returns the client's next message; while none comes, the rows that are there go on. */
    private Message next(CopyInput input, Deadline deadline) {
        while (true) {
            boolean linger = !input.isEmpty() && !deadline.within(LINGER);
            Message message = inbox.take(linger ? LINGER : deadline.left());
            if (message != null) {
                return message;
            }
            cancellation.check();
            if (!inbox.open()) {
                throw new MillraceException(ErrorCode.CANCELLED, "the client has left");
            }
            if (deadline.passed()) {
                throw Deadline.expired();
            }
            input.flush();
        }
    }
}
