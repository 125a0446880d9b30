package io.millrace.server.http.query;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.millrace.server.postgres.security.Users;
import io.millrace.server.session.SqlService;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Answers {@code POST /v1/query}: each statement in a virtual thread of its own. Safe for use by several threads. */
public final class QueryService implements HttpService, AutoCloseable {

    /** How long closing waits for each query to notice that it is over. */
    private static final Duration STOP_MAX = Duration.ofSeconds(5);

    private static final String TIMEOUT = "timeout";

    private final SqlService sql;
    private final Access access;
    private final int queriesMax;
    private final Semaphore free;
    private final Map<QueryRun, Thread> running = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * Makes one for the users of a server.
     *
     * @param trustLoopback whether programs of this machine need no password while there are no users
     * @param queriesMax most queries at a time
     */
    public QueryService(SqlService sql, Users users, boolean trustLoopback, int queriesMax) {
        this.sql = sql;
        this.access = new Access(users, trustLoopback);
        this.queriesMax = queriesMax;
        this.free = new Semaphore(queriesMax);
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        HttpResponseWriter response = HttpResponse.streaming();
        // Armeria's timeout holds until the request is there; from then on it is the request's own.
        var unused = request.aggregate().whenComplete((whole, failure) -> {
            if (failure != null) {
                response.close(Failure.of(failure).response());
            } else {
                context.clearRequestTimeout();
                Thread.ofVirtual().name("http-query").start(() -> serve(context, whole, response));
            }
        });
        return response;
    }

    private void serve(ServiceRequestContext context, AggregatedHttpRequest request, HttpResponseWriter response) {
        boolean acquired = false;
        try {
            if (request.method() != HttpMethod.POST) {
                throw new RefusedException(
                        HttpStatus.METHOD_NOT_ALLOWED,
                        ErrorCode.INVALID_ARGUMENT,
                        "a query comes with POST, not " + request.method(),
                        "curl does with --data-binary",
                        Map.of("allow", "POST"));
            }
            String user = access.user(context, request.headers());
            acquired = acquire();
            QueryRequest query = QueryRequest.of(request, context.queryParams());
            Duration timeout = query.options().getDuration(TIMEOUT, Duration.ZERO);
            run(context, new QueryRun(query.without(TIMEOUT), response), response, user, timeout);
        } catch (RuntimeException | Error e) {
            response.close(Failure.of(e).response());
        } finally {
            if (acquired) {
                free.release();
            }
        }
    }

    private boolean acquire() {
        if (!free.tryAcquire()) {
            throw new RefusedException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    ErrorCode.LIMIT_EXCEEDED,
                    "there are " + queriesMax + " queries over HTTP already",
                    "end some, or try again later");
        }
        return true;
    }

    private void run(
            ServiceRequestContext context, QueryRun run, HttpResponseWriter response, String user, Duration timeout) {
        running.put(run, Thread.currentThread());
        try (SqlSession session = sql.open(user, "http")) {
            if (closed) {
                run.stop(stopping());
            }
            var unused = response.whenComplete().whenComplete((none, failure) -> stopIfLeft(run, failure));
            run(context, run, session, timeout);
        } finally {
            running.remove(run);
        }
    }

    private static void run(ServiceRequestContext context, QueryRun run, SqlSession session, Duration timeout) {
        if (timeout.isZero()) {
            run.run(session);
            return;
        }
        Future<?> end = context.eventLoop()
                .schedule(() -> run.stop(timedOut(timeout)), timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            run.run(session);
        } finally {
            end.cancel(false);
        }
    }

    private static void stopIfLeft(QueryRun run, @Nullable Throwable failure) {
        if (failure != null) {
            run.stop(new MillraceException(ErrorCode.CANCELLED, "the client has left"));
        }
    }

    private static MillraceException timedOut(Duration timeout) {
        return new MillraceException(
                ErrorCode.TIMED_OUT,
                "the answer was not whole after " + timeout.toMillis() + " ms",
                "give a longer timeout, or none");
    }

    private static MillraceException stopping() {
        return new MillraceException(ErrorCode.SHUTTING_DOWN, "the server is stopping");
    }

    /** Ends all queries. */
    @Override
    public void close() {
        closed = true;
        Map<QueryRun, Thread> last = Map.copyOf(running);
        last.keySet().forEach(run -> run.stop(stopping()));
        try {
            for (Thread thread : last.values()) {
                thread.join(STOP_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
