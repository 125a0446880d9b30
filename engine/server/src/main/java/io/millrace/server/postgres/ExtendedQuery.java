package io.millrace.server.postgres;

import io.millrace.server.postgres.type.ColumnTypes;
import io.millrace.server.postgres.type.Formats;
import io.millrace.server.postgres.type.ParameterDecoder;
import io.millrace.server.postgres.type.PostgresType;
import io.millrace.server.postgres.type.RowEncoder;
import io.millrace.server.postgres.wire.Payload;
import io.millrace.server.postgres.wire.ProtocolException;
import io.millrace.server.postgres.wire.WireBuffer;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.statement.StatementText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The messages that prepare, bind, describe, run and close statements step by step. */
final class ExtendedQuery {

    private final ClientSession client;
    private final Outbox out;
    private final Statements statements;
    private final RowStreamer streamer;
    private ErrorReport.@Nullable Source source;

    ExtendedQuery(ClientSession client, Statements statements, Outbox out, RowStreamer streamer) {
        this.statements = statements;
        this.client = client;
        this.out = out;
        this.streamer = streamer;
    }

    /** Returns the statement that was worked on last, for reports, or null where none was. */
    ErrorReport.@Nullable Source source() {
        return source;
    }

    void parse(Payload message) {
        source = null;
        String name = message.text();
        String query = message.text();
        int[] oids = new int[message.count(4)];
        for (int i = 0; i < oids.length; i++) {
            oids[i] = message.int32();
        }
        message.end();
        if (name.isEmpty()) {
            client.forget(name);
        }
        source = new ErrorReport.Source(query, query, 0);
        source = single(query);
        client.keep(name, client.parse(source, oids));
        out.empty('1');
    }

    private ErrorReport.Source single(String query) {
        List<StatementText> pieces = client.engine().split(query);
        if (pieces.size() > 1) {
            throw new SqlStateException("42601", "cannot insert multiple commands into a prepared statement");
        }
        return pieces.isEmpty()
                ? new ErrorReport.Source(query, "", 0)
                : new ErrorReport.Source(
                        query, pieces.get(0).text(), pieces.get(0).offset());
    }

    void bind(Payload message) {
        String portal = message.text();
        ParsedStatement statement = client.statement(message.text());
        source = statement.source();
        List<@Nullable Object> parameters = parameters(statement, message);
        Formats results = Formats.readResults(message);
        message.end();
        client.keep(portal, new Portal(statement, parameters, results));
        out.empty('2');
    }

    private List<@Nullable Object> parameters(ParsedStatement statement, Payload message) {
        Formats formats = Formats.readParameters(message);
        int count = message.count(4);
        formats.check(count);
        List<DataType> types = statement.parameterTypes();
        if (count != types.size()) {
            throw new ProtocolException("bind message supplies " + count
                    + " parameters, but the prepared statement requires " + types.size());
        }
        List<@Nullable Object> parameters = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] value = message.value();
            parameters.add(
                    value == null
                            ? null
                            : ParameterDecoder.decode(
                                    types.get(i),
                                    statement.declaredOid(i),
                                    formats.binary(i, types.get(i)),
                                    value,
                                    client.settings().zone()));
        }
        return parameters;
    }

    void describe(Payload message) {
        char kind = (char) message.int8();
        String name = message.text();
        message.end();
        switch (kind) {
            case 'S' -> {
                ParsedStatement statement = client.statement(name);
                describeParameters(statement);
                describeRows(statement, Formats.TEXT);
            }
            case 'P' -> describePortal(name);
            default -> throw new ProtocolException("invalid DESCRIBE message subtype " + (int) kind);
        }
    }

    /** A cursor that SQL declared is a portal as well, with its rows in text; psycopg looks at it that way. */
    private void describePortal(String name) {
        RowSource declared = client.cursorWithoutPortal(name);
        if (declared == null) {
            Portal portal = client.portal(name);
            describeRows(portal.statement(), portal.formats());
        } else {
            RowEncoder.describe(Objects.requireNonNull(declared.rowType()), Formats.TEXT, out.buffer());
        }
    }

    private void describeParameters(ParsedStatement statement) {
        List<DataType> types = statement.parameterTypes();
        WireBuffer buffer = out.buffer().begin('t').int16(types.size());
        for (int i = 0; i < types.size(); i++) {
            int declared = statement.declaredOid(i);
            buffer.int32(declared == 0 ? PostgresType.of(types.get(i)).oid() : declared);
        }
        buffer.end();
    }

    private void describeRows(ParsedStatement statement, Formats formats) {
        source = statement.source();
        RowType type = client.rowType(statement);
        if (type == null) {
            out.empty('n');
        } else {
            tellColumnTypes(type);
            RowEncoder.describe(type, formats, out.buffer());
        }
    }

    /** Says before the description what is in its columns of JSON, to those who asked for it. */
    private void tellColumnTypes(RowType type) {
        for (int i = 0; client.tellsColumnTypes() && i < type.size(); i++) {
            DataType column = type.field(i).type();
            if (ColumnTypes.tell(column)) {
                out.parameterStatus("column_type", i + " " + ColumnTypes.text(column));
            }
        }
    }

    void execute(Payload message) {
        String name = message.text();
        int limit = message.int32();
        message.end();
        Portal portal = client.portal(name);
        source = portal.statement().source();
        if (portal.statement().empty()) {
            out.empty('I');
            return;
        }
        Answer answer = portal.answer();
        if (answer == null) {
            answer = statements.open(portal.statement(), portal.parameters());
            portal.answer(answer);
        }
        run(portal, answer, limit <= 0 ? Long.MAX_VALUE : limit, !name.isEmpty());
    }

    /**
     * Sends rows. A client that names its portal comes back for more, so that it gets what is at hand; one
     * that does not wants just so many rows.
     */
    private void run(Portal portal, Answer answer, long rowsMax, boolean named) {
        RowSource rows = answer.complete() ? null : answer.rows();
        boolean complete = rows == null
                || streamer.stream(answer, rows, encoder(portal, rows), rowsMax, named && rowsMax != Long.MAX_VALUE);
        if (complete) {
            answer.notices().forEach(out::notice);
            out.commandComplete(portal.finish());
        } else {
            out.empty('s');
        }
    }

    private RowEncoder encoder(Portal portal, RowSource rows) {
        RowEncoder encoder = portal.encoder();
        if (encoder == null) {
            RowType type = Objects.requireNonNull(rows.rowType());
            encoder = new RowEncoder(type, portal.formats(), client.settings().zone());
            portal.encoder(encoder);
        }
        return encoder;
    }

    void close(Payload message) {
        char kind = (char) message.int8();
        String name = message.text();
        message.end();
        switch (kind) {
            case 'S' -> client.forget(name);
            case 'P' -> client.closePortal(name);
            default -> throw new ProtocolException("invalid CLOSE message subtype " + (int) kind);
        }
        out.empty('3');
    }
}
