package io.millrace.server.http.query;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import io.millrace.server.postgres.type.ParameterDecoder;
import io.millrace.server.session.ResultCursor;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.statement.Prepared;
import io.millrace.sql.statement.StatementText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One statement and its answer. {@link #run} is for one thread; {@link #stop} comes from any. */
final class QueryRun {

    /** What a request may set for its session; the other options are the format's. */
    static final List<String> SETTINGS = List.of("timezone", "stream_start");

    private static final Logger LOG = Logger.getLogger(QueryRun.class.getName());

    /** How long one wait for rows lasts; {@link #stop} ends it at once. */
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final QueryRequest request;
    private final HttpResponseWriter response;
    private final AnswerStream out;
    private @Nullable SqlSession carrying;
    private @Nullable ResultCursor cursor;
    private @Nullable MillraceException stopped;

    QueryRun(QueryRequest request, HttpResponseWriter response) {
        this.request = request;
        this.response = response;
        this.out = new AnswerStream(response, request.format().mediaType(), this::abortIfStopped);
    }

    /** Ends it at once, with this failure unless the client is gone. */
    synchronized void stop(MillraceException reason) {
        if (stopped == null) {
            stopped = reason;
        }
        if (cursor != null) {
            cursor.cancel();
        } else if (carrying != null) {
            carrying.cancel();
        }
        if (out.started()) {
            abortIfStopped();
        }
    }

    /** Once the status is said an answer can but be broken off; whoever waits for a slow client waits no more. */
    private synchronized void abortIfStopped() {
        if (stopped != null) {
            response.abort();
        }
    }

    private synchronized void carriedOutBy(SqlSession session) {
        carrying = session;
    }

    private synchronized void runs(ResultCursor opened) {
        cursor = opened;
        if (stopped != null) {
            opened.cancel();
        }
    }

    private synchronized @Nullable MillraceException stopped() {
        return stopped;
    }

    /** Carries it out and answers, whatever happens. */
    void run(SqlSession session) {
        carriedOutBy(session);
        try {
            answer(session);
        } catch (IOException | RuntimeException | Error e) {
            MillraceException reason = stopped();
            fail(reason == null ? e : reason);
        }
    }

    private void answer(SqlSession session) throws IOException {
        Options options = request.options();
        SETTINGS.stream().filter(options::has).forEach(name -> session.setting(name, options.get(name, "")));
        Prepared prepared = session.prepare(statement(session), List.of());
        if (prepared.rowType() != null) {
            // What is wrong with options or types is said before anything happens.
            writer(prepared.rowType(), OutputStream.nullOutputStream());
        }
        try (ResultCursor opened = session.execute(prepared, values(prepared, session))) {
            runs(opened);
            RowType type = opened.rowType();
            if (type == null) {
                response.close(done(opened.commandTag(), opened.notices()));
            } else {
                answerRows(opened, type);
            }
        }
    }

    private AnswerWriter writer(RowType type, OutputStream target) throws IOException {
        return AnswerWriter.of(
                request.format(), type, target, request.options().without(SETTINGS.toArray(String[]::new)));
    }

    /** Returns the one statement of the request, at its place in the text, so that positions are those of the text. */
    private String statement(SqlSession session) {
        List<StatementText> statements = session.split(request.sql());
        if (statements.size() != 1) {
            throw new MillraceException(
                    ErrorCode.INVALID_STATEMENT,
                    "the request has " + statements.size() + " statements",
                    "send one statement with each request");
        }
        StatementText one = statements.getFirst();
        String before = request.sql().substring(0, one.offset());
        return before.replaceAll("[^\\n]", " ") + one.text();
    }

    private List<@Nullable Object> values(Prepared prepared, SqlSession session) {
        List<@Nullable String> texts = request.parameters();
        List<DataType> types = prepared.parameterTypes();
        if (texts.size() != types.size()) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the statement has " + types.size() + " parameters, and " + texts.size() + " values are given",
                    "give each with param=VALUE, or all in the array 'parameters' of a JSON body");
        }
        ZoneId zone = ZoneId.of(String.valueOf(session.setting("timezone")));
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            values.add(
                    text == null
                            ? null
                            : ParameterDecoder.decode(
                                    types.get(i), 0, false, text.getBytes(StandardCharsets.UTF_8), zone));
        }
        return values;
    }

    private void answerRows(ResultCursor rows, RowType type) throws IOException {
        if (rows.endless() && !request.format().streams()) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "the answer never ends, and format '" + request.format().label() + "' is of use only from its end",
                    "ask for arrow-stream, ndjson or csv, or leave out STREAM");
        }
        AnswerWriter writer = writer(type, out);
        while (!rows.finished()) {
            RowBatch batch = rows.poll(Duration.ZERO);
            if (batch == null && !rows.finished()) {
                if (rows.endless()) {
                    out.flush();
                }
                batch = rows.poll(WAIT);
            }
            if (batch != null) {
                writer.write(Rows.once(batch));
            }
        }
        writer.finish();
        out.finish();
    }

    private static AggregatedHttpResponse done(String tag, List<String> notices) {
        ObjectNode done = JsonNodeFactory.instance.objectNode().put("done", tag);
        if (!notices.isEmpty()) {
            notices.forEach(done.putArray("notices")::add);
        }
        return AggregatedHttpResponse.of(
                ResponseHeaders.builder(HttpStatus.OK)
                        .contentType(MediaType.JSON_UTF_8)
                        .build(),
                HttpData.ofUtf8(done + "\n"));
    }

    private void fail(Throwable cause) {
        if (!response.isOpen()) {
            LOG.log(Level.FINE, "the client of an answer over HTTP has left", cause);
            return;
        }
        Failure failure = Failure.of(cause);
        if (out.started()) {
            LOG.log(
                    Level.INFO,
                    "an answer over HTTP is broken off: {0}",
                    failure.cause().describe());
            response.abort();
        } else {
            response.close(failure.response());
        }
    }
}
