package io.millrace.server.postgres;

import io.millrace.server.postgres.statement.SessionStatement.CopyFrom;
import io.millrace.server.postgres.statement.SessionStatement.CopyTo;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.error.MillraceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts a client's statements. {@code COPY} is through when it returns: its rows are no answer but messages. */
final class Statements {

    private final ClientSession client;
    private final CopyIn copyIn;
    private final CopyOut copyOut;
    private final Cancellation cancellation;

    Statements(ClientSession client, CopyIn copyIn, CopyOut copyOut, Cancellation cancellation) {
        this.cancellation = cancellation;
        this.client = client;
        this.copyIn = copyIn;
        this.copyOut = copyOut;
    }

    Answer open(ParsedStatement statement, List<@Nullable Object> parameters) {
        client.checkUsable(statement.own());
        return switch (statement.own()) {
            case CopyFrom copy -> Answer.done(copyIn.run(copy));
            case CopyTo copy -> Answer.done(copyOut.run(copy));
            case null, default -> open(statement, parameters, client.engine());
        };
    }

    /** Some statements have done their work when they are open, which may take long. */
    private Answer open(ParsedStatement statement, List<@Nullable Object> parameters, SqlSession engine) {
        cancellation.running(engine::cancel, client.settings().statementTimeoutMillis());
        try {
            return client.open(statement, parameters);
        } catch (MillraceException e) {
            throw cancellation.told(e);
        } finally {
            cancellation.running(null);
        }
    }
}
