package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.millrace.server.stream.DeliveryService;
import io.millrace.server.stream.StreamService;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Serves the AWS APIs of streams and of their delivery. Signatures are read for the region they name and not checked. Safe for use by
 * several threads.
 */
public final class AwsGateway implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(AwsGateway.class.getName());

    /** How long closing waits for answers that are under way. */
    private static final long STOP_MILLIS_MAX = 300;

    private final AwsSettings settings;
    private final Map<String, Operation> operations;
    private final Server server;

    public AwsGateway(StreamService streams, DeliveryService deliveries, AwsSettings settings) {
        this.settings = settings;
        this.operations = operations(streams, deliveries, settings);
        this.server = Server.builder()
                .http(settings.address())
                .maxRequestLength(AwsSettings.REQUEST_BYTES_MAX)
                .requestTimeoutMillis(0)
                .gracefulShutdownTimeoutMillis(0, STOP_MILLIS_MAX)
                .serviceUnder("/", this::serve)
                .build();
    }

    /** Returns the operations by what a request's target header says. */
    private static Map<String, Operation> operations(
            StreamService streams, DeliveryService deliveries, AwsSettings settings) {
        Map<String, Operation> all = new HashMap<>();
        KinesisOperations.of(new VisibleStreams(streams, deliveries), deliveries, settings)
                .forEach((name, operation) -> all.put(KinesisOperations.TARGET_PREFIX + name, operation));
        FirehoseOperations.of(deliveries, streams, settings)
                .forEach((name, operation) -> all.put(FirehoseOperations.TARGET_PREFIX + name, operation));
        return Map.copyOf(all);
    }

    /** Opens the port; fails with {@code IN_USE} where another program has it. */
    public InetSocketAddress start() {
        try {
            server.start().join();
        } catch (CompletionException e) {
            throw new MillraceException(
                    ErrorCode.IN_USE,
                    "cannot listen on port " + settings.address().getPort() + " of "
                            + settings.address().getHostString() + " for AWS clients: " + rootMessage(e),
                    "choose another port with --aws-port, or end the program that has it",
                    e);
        }
        return Objects.requireNonNull(server.activePort()).localAddress();
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    @Override
    public void close() {
        try {
            server.stop().get(STOP_MILLIS_MAX, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // The port is closed and its connections are; what is left are event loops that wind down by themselves.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new MillraceException(ErrorCode.INTERNAL, "closing the AWS door failed", null, e.getCause());
        }
    }

    private HttpResponse serve(ServiceRequestContext context, com.linecorp.armeria.common.HttpRequest request) {
        return HttpResponse.of(request.aggregate().thenComposeAsync(this::answer, context.blockingTaskExecutor()));
    }

    private CompletableFuture<HttpResponse> answer(AggregatedHttpRequest request) {
        WireFormat format = WireFormat.of(request.headers().get(HttpHeaderNames.CONTENT_TYPE));
        if (request.method() != HttpMethod.POST || format == null) {
            return CompletableFuture.completedFuture(HttpResponse.of(HttpStatus.NOT_FOUND));
        }
        return call(request, format)
                .handle((body, failure) -> failure == null ? success(format, body) : failure(format, toAws(failure)));
    }

    private CompletableFuture<ObjectNode> call(AggregatedHttpRequest request, WireFormat format) {
        try {
            Operation operation = operation(request.headers());
            Members members = Members.of(format.read(request.content().array()), format);
            Caller caller = Caller.of(settings, request.headers().get(HttpHeaderNames.AUTHORIZATION));
            return operation.call(members, caller);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Operation operation(RequestHeaders headers) {
        @Nullable String target = headers.get("x-amz-target");
        Operation operation = operations.get(target == null ? "" : target);
        if (operation == null) {
            throw new AwsException(
                    "UnknownOperationException", target == null ? "" : "operation " + target + " is not served here");
        }
        return operation;
    }

    private static AwsException toAws(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case AwsException aws -> aws;
            case MillraceException ours -> AwsException.of(ours);
            default -> {
                LOG.log(Level.WARNING, "a request of the AWS API failed", cause);
                yield new AwsException("InternalFailureException", "internal failure: " + cause, 500);
            }
        };
    }

    private static HttpResponse success(WireFormat format, ObjectNode body) {
        return respond(format, 200, body.isEmpty() ? new byte[0] : format.write(body));
    }

    private static HttpResponse failure(WireFormat format, AwsException e) {
        ObjectNode body = KinesisOperations.nothing();
        body.put("__type", e.type());
        // The service's front end writes this one with a capital letter.
        body.put(e.type().equals("SerializationException") ? "Message" : "message", e.text());
        return respond(format, e.status(), format.write(body));
    }

    private static HttpResponse respond(WireFormat format, int status, byte[] body) {
        return HttpResponse.of(
                ResponseHeaders.builder(HttpStatus.valueOf(status))
                        .add(HttpHeaderNames.CONTENT_TYPE, format.contentType())
                        .add("x-amzn-requestid", UUID.randomUUID().toString())
                        .build(),
                HttpData.wrap(body));
    }
}
