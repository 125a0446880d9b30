package io.millrace.server.http.query;

import com.linecorp.armeria.common.HttpStatus;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.Map;

/** A request that is refused with a status of its own, whatever its statement says. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    RefusedException(HttpStatus status, ErrorCode code, String message, String hint) {
        this(status, code, message, hint, Map.of());
    }

    RefusedException(HttpStatus status, ErrorCode code, String message, String hint, Map<String, String> headers) {
        super(message);
        this.failure = new Failure(status, new MillraceException(code, message, hint), headers);
    }

    Failure failure() {
        return failure;
    }
}
