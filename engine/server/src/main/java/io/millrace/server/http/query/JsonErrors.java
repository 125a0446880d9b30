package io.millrace.server.http.query;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import org.jspecify.annotations.Nullable;

/** Tells of requests that fail before they reach a service in the form of all other failures. */
public final class JsonErrors implements ServerErrorHandler {

    @Override
    public @Nullable HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
        return null;
    }

    @Override
    public AggregatedHttpResponse renderStatus(
            @Nullable ServiceRequestContext context,
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        boolean tooLong = status.equals(HttpStatus.REQUEST_ENTITY_TOO_LARGE);
        return new Failure(
                        status,
                        tooLong
                                ? Failure.tooLong(config.maxRequestLength())
                                : new MillraceException(
                                        ErrorCode.INVALID_ARGUMENT,
                                        description == null ? status.reasonPhrase() : description))
                .response();
    }
}
