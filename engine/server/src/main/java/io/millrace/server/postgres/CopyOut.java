package io.millrace.server.postgres;

import io.millrace.server.postgres.copy.CopyOutput;
import io.millrace.server.postgres.statement.SessionStatement.CopyTo;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.statement.Prepared;
import java.util.List;
import java.util.Objects;

/** Carries out {@code COPY … TO STDOUT}; an answer that never ends goes on until it is cancelled. */
final class CopyOut {

    private final ClientSession client;
    private final Outbox out;
    private final RowStreamer streamer;

    CopyOut(ClientSession client, Outbox out, RowStreamer streamer) {
        this.client = client;
        this.out = out;
        this.streamer = streamer;
    }

    /** Carries it out and returns what was done. */
    String run(CopyTo copy) {
        Prepared query = InnerQuery.prepare(client.engine(), copy.query(), copy.queryOffset());
        RowType type = query.rowType();
        if (type == null) {
            throw new SqlStateException("0A000", "COPY TO must have a query or a stream", "write COPY (SELECT …)");
        }
        CopyOutput form = CopyOutput.of(type, copy.options(), client.settings().zone());
        try (Answer answer = Answer.of(client.engine().execute(query, List.of()))) {
            RowSource rows = Objects.requireNonNull(answer.rows());
            out.copyResponse('H', copy.options().binary(), type.size());
            form.begin(out.buffer());
            streamer.stream(answer, rows, form, Long.MAX_VALUE, false);
            form.end(out.buffer());
            out.empty('c');
            return "COPY " + answer.count();
        }
    }
}
