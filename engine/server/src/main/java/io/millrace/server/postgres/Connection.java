package io.millrace.server.postgres;

import io.millrace.server.postgres.wire.Message;
import io.millrace.server.postgres.wire.MessageReader;
import io.millrace.server.postgres.wire.ProtocolException;
import io.millrace.server.session.SqlService;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.error.MillraceException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection from its first byte to its end.
 *
 * <p>{@link #run} is its own thread's work; a second thread reads what it sends once the client is logged
 * in. {@link #stop} and {@link #abort} come from any thread.
 */
final class Connection implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final ClientStreams streams;
    private final SqlService service;
    private final PostgresSettings settings;
    private final Login login;
    private final Connections connections;
    private final Inbox inbox = new Inbox();
    private final Cancellation cancellation = new Cancellation();

    Connection(
            ClientStreams streams,
            SqlService service,
            PostgresSettings settings,
            Login login,
            Connections connections) {
        this.streams = streams;
        this.service = service;
        this.settings = settings;
        this.login = login;
        this.connections = connections;
    }

    @Override
    public void run() {
        try (streams) {
            converse();
        } catch (EOFException | SocketException | SSLException | UncheckedIOException e) {
            LOG.debug("a client broke off", e);
        } catch (IOException | RuntimeException e) {
            LOG.warn("a connection failed", e);
        }
    }

    private void converse() throws IOException {
        Thread watch = Thread.ofVirtual().start(this::abortLateStartup);
        try {
            Transport transport = new Transport(streams, settings.tls());
            try {
                Startup.@Nullable Session session = startup(transport);
                watch.interrupt();
                if (session != null) {
                    serve(session, transport.in(), transport.out());
                }
            } catch (MillraceException | SqlStateException | ProtocolException e) {
                transport.out().fatal(ErrorReport.of(e, null));
                transport.out().flush();
            }
        } finally {
            watch.interrupt();
        }
    }

    private void abortLateStartup() {
        try {
            Thread.sleep(settings.startupTimeout());
            abort();
        } catch (InterruptedException e) {
            // The client is logged in, or gone.
        }
    }

    /** Returns the session that is wanted once the client has proved who it is, or null where none is. */
    private Startup.@Nullable Session startup(Transport transport) throws IOException {
        Startup startup = Startup.read(transport);
        if (startup instanceof Startup.Cancel cancel) {
            connections.cancel(cancel.process(), cancel.secret());
            return null;
        }
        Startup.Session session = (Startup.Session) startup;
        negotiate(session, transport.out());
        login.check(session.user(), transport);
        if (!session.database().equals(settings.database())) {
            throw new SqlStateException(
                    "3D000",
                    "database \"" + session.database() + "\" does not exist",
                    "connect to database " + settings.database());
        }
        return session;
    }

    /** A client may ask for a later version than 3.0, or for options: it is told what it gets. */
    private static void negotiate(Startup.Session session, Outbox out) {
        if (session.minor() > 0 || !session.unknownOptions().isEmpty()) {
            out.buffer().begin('v').int32(0).int32(session.unknownOptions().size());
            session.unknownOptions().forEach(out.buffer()::text);
            out.buffer().end();
        }
    }

    private void serve(Startup.Session session, MessageReader in, Outbox out) {
        Connections.Key key = connections.add(cancellation);
        String application = session.settings().getOrDefault("application_name", "");
        try (SqlSession engine = service.open(session.user(), application)) {
            KnownSettings known = new KnownSettings(settings, session.user());
            SessionSettings chosen = new SessionSettings(known, engine, session.settings());
            out.authentication(0, new byte[0]);
            out.parameterStatuses(chosen.reported());
            out.backendKey(key.process(), key.secret());
            Thread.ofVirtual().name("postgres-read-" + key.process()).start(() -> read(in));
            try (ClientSession client = new ClientSession(engine, chosen, session.tellsColumnTypes(), out)) {
                new Conversation(client, inbox, out, cancellation, settings).run();
            }
        } finally {
            connections.remove(key);
        }
    }

    /** Takes messages off the stream until the client leaves. */
    private void read(MessageReader in) {
        ProtocolException failure = null;
        try {
            Message message;
            do {
                message = in.next(settings.messageBytesMax());
                inbox.put(message);
            } while (message.type() != 'X');
        } catch (ProtocolException e) {
            failure = e;
        } catch (IOException e) {
            LOG.debug("a client broke off", e);
        }
        inbox.end(failure);
        cancellation.leave();
    }

    /** Ends the connection in good order: the client is told, and what it runs is cancelled. */
    void stop() {
        inbox.stop();
        cancellation.stop();
    }

    /** Ends the connection at once. */
    void abort() {
        try {
            streams.close();
        } catch (IOException e) {
            LOG.debug("closing a connection failed", e);
        }
    }
}
