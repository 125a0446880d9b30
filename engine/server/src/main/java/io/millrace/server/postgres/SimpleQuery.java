package io.millrace.server.postgres;

import io.millrace.server.postgres.type.Formats;
import io.millrace.server.postgres.type.RowEncoder;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.statement.StatementText;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One message with any number of statements, answered in order up to the first that fails. */
final class SimpleQuery {

    private final ClientSession client;
    private final Outbox out;
    private final Statements statements;
    private final RowStreamer streamer;

    SimpleQuery(ClientSession client, Statements statements, Outbox out, RowStreamer streamer) {
        this.statements = statements;
        this.client = client;
        this.out = out;
        this.streamer = streamer;
    }

    void run(String script) {
        ErrorReport.@Nullable Source source = new ErrorReport.Source(script, script, 0);
        try {
            List<StatementText> pieces = client.engine().split(script);
            if (pieces.isEmpty()) {
                out.empty('I');
            }
            for (StatementText statement : pieces) {
                source = new ErrorReport.Source(script, statement.text(), statement.offset());
                run(source);
            }
        } catch (RuntimeException | StackOverflowError e) {
            Failures.rethrowIfGone(e);
            out.error(ErrorReport.of(e, source));
            client.transaction(client.transaction().failed());
        }
    }

    private void run(ErrorReport.Source source) {
        ParsedStatement statement = client.parse(source, new int[0]);
        if (statement.empty()) {
            out.empty('I');
            return;
        }
        try (Answer answer = statements.open(statement, List.of())) {
            RowSource rows = answer.rows();
            if (rows != null) {
                RowType type = Objects.requireNonNull(rows.rowType());
                RowEncoder encoder =
                        new RowEncoder(type, Formats.TEXT, client.settings().zone());
                if (!answer.silent()) {
                    encoder.describe(out.buffer());
                }
                streamer.stream(answer, rows, encoder, Long.MAX_VALUE, false);
            }
            answer.notices().forEach(out::notice);
            out.commandComplete(answer.finish());
        }
    }
}
