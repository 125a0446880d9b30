package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;

/** One operation of an API. Safe for use by several threads. */
@FunctionalInterface
interface Operation {

    /**
     * Carries out a request. Fails, now or later, with {@link AwsException} or {@link
     * io.millrace.spi.error.MillraceException}.
     *
     * @return the response's body; an empty object is sent as no body
     */
    CompletableFuture<ObjectNode> call(Members request, Caller caller);
}
