package io.millrace.server.http;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.healthcheck.HealthCheckService;
import io.millrace.server.http.query.JsonErrors;
import io.millrace.server.http.query.QueryService;
import io.millrace.server.postgres.security.Tls;
import io.millrace.server.session.SqlService;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Answers {@code POST /v1/query} with rows, and {@code GET /health} for whoever watches over the server. */
public final class HttpGateway implements AutoCloseable {

    private final InetSocketAddress address;
    /** How long closing waits for answers that are under way. */
    private static final long STOP_MILLIS_MAX = 300;

    private final QueryService queries;
    private final Server server;

    public HttpGateway(SqlService sql, HttpSettings settings) {
        this.address = settings.address();
        this.queries = new QueryService(sql, settings.users(), settings.trustLoopback(), HttpSettings.QUERIES_MAX);
        this.server = listening(address, settings.tls())
                .maxRequestLength(HttpSettings.REQUEST_BYTES_MAX)
                // A client that vanished without a word is found out by the operating system.
                .childChannelOption(ChannelOption.SO_KEEPALIVE, true)
                .errorHandler(new JsonErrors())
                .service("/v1/query", queries)
                .service("/health", HealthCheckService.of())
                .service(
                        "/",
                        (context, request) -> HttpResponse.of(
                                MediaType.PLAIN_TEXT_UTF_8,
                                "Millrace. POST a statement to /v1/query; /health says whether it is well.\n"))
                .gracefulShutdownTimeoutMillis(0, STOP_MILLIS_MAX)
                .build();
    }

    private static ServerBuilder listening(InetSocketAddress address, @Nullable Tls tls) {
        return tls == null
                ? Server.builder().http(address)
                : Server.builder()
                        .port(address, SessionProtocol.HTTP, SessionProtocol.HTTPS)
                        .tls(TlsKeyPair.of(tls.key(), tls.chain()));
    }

    /** Opens the port; fails with {@code IN_USE} where another program has it. */
    public InetSocketAddress start() {
        try {
            server.start().join();
        } catch (CompletionException e) {
            throw new MillraceException(
                    ErrorCode.IN_USE,
                    "cannot listen on port " + address.getPort() + " of " + address.getHostString()
                            + " for HTTP clients",
                    "choose another port with --http-port, or end the program that has it",
                    e);
        }
        return Objects.requireNonNull(server.activePort()).localAddress();
    }

    @Override
    public void close() {
        queries.close();
        try {
            server.stop().get(STOP_MILLIS_MAX, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // The port is closed and its connections are; what is left are event loops that wind down by themselves.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new MillraceException(ErrorCode.INTERNAL, "closing the HTTP door failed", null, e.getCause());
        }
    }
}
