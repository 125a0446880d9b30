package io.millrace.server.postgres;

import io.millrace.server.postgres.security.ScramExchange;
import io.millrace.server.postgres.wire.Message;
import io.millrace.server.postgres.wire.MessageReader;
import io.millrace.server.postgres.wire.Payload;
import io.millrace.server.postgres.wire.ProtocolException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Finds out whether a client is who it says. Safe for use by several threads. */
final class Login {

    private static final int SASL = 10;
    private static final int SASL_CONTINUE = 11;
    private static final int SASL_FINAL = 12;

    private final PostgresSettings settings;
    private final SecureRandom random;
    private final byte[] secret = new byte[32];

    Login(PostgresSettings settings, SecureRandom random) {
        this.settings = settings;
        this.random = random;
        random.nextBytes(secret);
    }

    /**
     * Lets a client in, or fails.
     *
     * @throws SqlStateException where it is refused
     */
    void check(String user, Transport transport) throws IOException {
        boolean trusted = transport.local()
                && settings.trustLoopback()
                && settings.users().isEmpty();
        if (!trusted) {
            scram(user, transport);
        }
    }

    private void scram(String user, Transport transport) throws IOException {
        MessageReader in = transport.in();
        Outbox out = transport.out();
        byte[] endPoint = transport.endPoint();
        ScramExchange exchange = new ScramExchange(user, settings.users().verifier(user), secret, random, endPoint);
        String bound = endPoint == null ? "" : ScramExchange.MECHANISM_BOUND + "\0";
        out.authentication(SASL, (bound + ScramExchange.MECHANISM + "\0\0").getBytes(StandardCharsets.UTF_8));
        out.flush();
        Payload initial = response(in);
        String mechanism = initial.text();
        boolean binds = endPoint != null && mechanism.equals(ScramExchange.MECHANISM_BOUND);
        if (!binds && !mechanism.equals(ScramExchange.MECHANISM)) {
            throw new ProtocolException("client selected an invalid SASL authentication mechanism");
        }
        byte[] first = initial.value();
        answer(SASL_CONTINUE, first == null ? null : exchange.first(text(first), binds), user, out);
        out.flush();
        Payload proof = response(in);
        answer(SASL_FINAL, exchange.last(text(proof.bytes(proof.remaining()))), user, out);
    }

    private static Payload response(MessageReader in) throws IOException {
        Message message = in.next(MessageReader.AUTHENTICATION_BYTES_MAX);
        if (message.type() != 'p') {
            throw new ProtocolException("expected SASL response, got message type " + (int) message.type());
        }
        return message.payload();
    }

    private static void answer(int request, @Nullable String answer, String user, Outbox out) {
        if (answer == null) {
            throw new SqlStateException(
                    "28P01", "password authentication failed for user \"" + user + "\"", "check user and password");
        }
        out.authentication(request, answer.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
