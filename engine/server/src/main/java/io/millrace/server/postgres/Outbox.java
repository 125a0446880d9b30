package io.millrace.server.postgres;

import io.millrace.server.postgres.wire.WireBuffer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages to the client. They gather in a buffer until {@link #flush}; a write that the client does
 * not take in waits. For the conversation's thread alone.
 */
final class Outbox {

    private static final int FLUSH_BYTES = 64 * 1024;
    private static final int BUFFER_BYTES_KEPT = 256 * 1024;

    private final OutputStream out;
    private final WireBuffer buffer = new WireBuffer(BUFFER_BYTES_KEPT);

    Outbox(OutputStream out) {
        this.out = out;
    }

    /** Returns the buffer, to append whole messages to. */
    WireBuffer buffer() {
        return buffer;
    }

    /** Sends what has gathered. */
    void flush() {
        if (buffer.size() == 0) {
            return;
        }
        try {
            buffer.drainTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void flushIfFull() {
        if (buffer.size() >= FLUSH_BYTES) {
            flush();
        }
    }

    /** A message without a body. */
    void empty(char type) {
        buffer.begin(type).end();
    }

    void commandComplete(String tag) {
        buffer.begin('C').text(tag).end();
    }

    /** Says that a copy begins: {@code G} towards us, {@code H} towards the client. */
    void copyResponse(char type, boolean binary, int columns) {
        int format = binary ? 1 : 0;
        buffer.begin(type).int8(format).int16(columns);
        for (int i = 0; i < columns; i++) {
            buffer.int16(format);
        }
        buffer.end();
    }

    void parameterStatus(String name, String value) {
        buffer.begin('S').text(name).text(value).end();
    }

    void readyForQuery(char status) {
        buffer.begin('Z').int8(status).end();
    }

    void error(ErrorReport report) {
        report('E', "ERROR", report);
    }

    /** An error after which the connection ends. */
    void fatal(ErrorReport report) {
        report('E', "FATAL", report);
    }

    void warning(String sqlState, String message) {
        report('N', "WARNING", new ErrorReport(sqlState, message));
    }

    void notice(String message) {
        report('N', "NOTICE", new ErrorReport("00000", message));
    }

    private void report(char type, String severity, ErrorReport report) {
        buffer.begin(type).int8('S').text(severity).int8('V').text(severity);
        buffer.int8('C').text(report.sqlState()).int8('M').text(report.message());
        field('D', report.detail());
        field('H', report.hint());
        field('W', report.where());
        if (report.position() > 0) {
            buffer.int8('P').text(Integer.toString(report.position()));
        }
        buffer.int8(0).end();
    }

    private void field(char name, @Nullable String value) {
        if (value != null) {
            buffer.int8(name).text(value);
        }
    }

    void authentication(int request, byte[] body) {
        buffer.begin('R').int32(request).bytes(body).end();
    }

    void backendKey(int process, int secret) {
        buffer.begin('K').int32(process).int32(secret).end();
    }

    void parameterStatuses(Map<String, String> values) {
        values.forEach(this::parameterStatus);
    }
}
