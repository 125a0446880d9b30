package io.millrace.server.http.query;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.RowFailure;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * How a request failed, as HTTP tells it.
 *
 * @param headers beyond those of the body
 */
record Failure(HttpStatus status, MillraceException cause, Map<String, String> headers) {

    private static final Logger LOG = Logger.getLogger(Failure.class.getName());

    Failure(HttpStatus status, MillraceException cause) {
        this(status, cause, Map.of());
    }

    static Failure of(Throwable failure) {
        return switch (failure) {
            case CompletionException e when e.getCause() != null -> of(e.getCause());
            case RefusedException e -> e.failure();
            case MillraceException e -> new Failure(status(e.code()), e);
            case RowFailure e -> of(new MillraceException(e.code(), e.reason()));
            case ContentTooLargeException e ->
                new Failure(HttpStatus.REQUEST_ENTITY_TOO_LARGE, tooLong(e.maxContentLength()));
            case StackOverflowError e ->
                of(new MillraceException(ErrorCode.LIMIT_EXCEEDED, "the statement is too complex", "simplify it"));
            default -> {
                LOG.log(Level.WARNING, "a query over HTTP failed for a reason of our own", failure);
                yield of(new MillraceException(
                        ErrorCode.INTERNAL, "internal error: " + failure, "please report it with the server's log"));
            }
        };
    }

    static MillraceException tooLong(long bytesMax) {
        return new MillraceException(
                ErrorCode.LIMIT_EXCEEDED,
                "the request has more than " + bytesMax + " bytes",
                "load rows with COPY or the Kinesis API");
    }

    private static HttpStatus status(ErrorCode code) {
        return switch (code) {
            case DUPLICATE_NAME, WRONG_STATE, IN_USE -> HttpStatus.CONFLICT;
            case ACCESS_DENIED -> HttpStatus.FORBIDDEN;
            case TIMED_OUT -> HttpStatus.GATEWAY_TIMEOUT;
            case DISK_FULL -> HttpStatus.INSUFFICIENT_STORAGE;
            case OUT_OF_MEMORY, SHUTTING_DOWN, CANCELLED -> HttpStatus.SERVICE_UNAVAILABLE;
            case IO_ERROR, DATA_CORRUPTED, INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
            default -> HttpStatus.BAD_REQUEST;
        };
    }

    AggregatedHttpResponse response() {
        ResponseHeadersBuilder builder = ResponseHeaders.builder(status)
                .contentType(MediaType.JSON_UTF_8)
                .add(HttpHeaderNames.CACHE_CONTROL, "no-store");
        headers.forEach(builder::add);
        byte[] text = (body() + "\n").getBytes(StandardCharsets.UTF_8);
        return AggregatedHttpResponse.of(builder.build(), HttpData.wrap(text));
    }

    private ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode error = body.putObject("error");
        error.put("code", cause.code().name());
        error.put("sqlstate", cause.code().sqlState());
        error.put("message", String.valueOf(cause.getMessage()));
        if (cause.hint() != null) {
            error.put("hint", cause.hint());
        }
        if (cause.position() != null) {
            ObjectNode position = error.putObject("position");
            position.put("line", cause.position().line());
            position.put("column", cause.position().column());
        }
        return body;
    }
}
