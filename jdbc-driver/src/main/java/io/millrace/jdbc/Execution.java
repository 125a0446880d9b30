package io.millrace.jdbc;

import io.millrace.jdbc.SessionPool.PooledSession;
import io.millrace.jdbc.wire.Cells;
import io.millrace.jdbc.wire.ColumnInfo;
import io.millrace.jdbc.wire.RowBlock;
import io.millrace.jdbc.wire.ServerException;
import io.millrace.jdbc.wire.WireSession;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One statement on its way: from its text to the end of its answer. It has a session to itself meanwhile and gives
 * it back at the end.
 *
 * <p>One thread starts it and reads; {@link #cancel} and {@link #close} come from any.
 */
final class Execution implements Rows {

    /** How long to wait for a cancelled answer to end before asking again: the request may have come too early. */
    private static final int CANCEL_AGAIN_MILLIS = 250;

    /** How long a cancelled answer may go on before its session is given up. */
    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final SessionPool pool;
    private final Request request;
    private final WarningList warnings;
    private final int resumeTimeoutMillis;
    private final @Nullable Resumption resumption;
    /** Held while the answer is read. */
    private final ReentrantLock reading = new ReentrantLock();
    /** Guards what is below; held while a request to cancel is on its way, so that it cannot hit another statement. */
    private final Object state = new Object();

    private @Nullable PooledSession session;
    private List<String> commandTags = List.of();
    private boolean sent;
    private boolean cancelled;
    private boolean timedOut;
    private boolean closed;
    private @Nullable List<ColumnInfo> columns;
    private @Nullable TimerTask timer;
    /** Rows that have come and are not all read. For the thread that reads. */
    private @Nullable RowBlock rows;

    /** @param resumeTimeoutMillis how long a lost answer waits for the server, 0 for ever */
    Execution(SessionPool pool, Request request, WarningList warnings, int resumeTimeoutMillis) {
        this.pool = pool;
        this.request = request;
        this.warnings = warnings;
        this.resumeTimeoutMillis = resumeTimeoutMillis;
        this.resumption = pool.reopens() && request.endless() ? new Resumption(request) : null;
    }

    /** Sends the statement and waits until it is known what its answer looks like. */
    void start(QueryTimers timers) throws SQLException {
        reading.lock();
        try {
            PooledSession acquired = pool.acquire();
            synchronized (state) {
                session = acquired;
            }
            timer = timers.schedule(this::expire, request.timeoutMillis());
            send(acquired.wire);
            columns = request.together() ? null : acquired.wire.described();
            if (resumption != null) {
                resumption.begin(acquired.wire);
            }
            if (request.endless() && timer != null) {
                timer.cancel();
            }
            warnings.add(acquired.wire.takeNotices());
        } catch (IOException e) {
            throw lost(e);
        } catch (ServerException e) {
            throw failed(e);
        } catch (SQLException e) {
            end(false);
            throw e;
        } finally {
            reading.unlock();
        }
    }

    private void send(WireSession wire) throws IOException, SQLException {
        synchronized (state) {
            if (cancelled) {
                end(true);
                throw SqlErrors.cancelled();
            }
        }
        if (request.together()) {
            wire.sendTogether(request.commands());
        } else {
            wire.send(request.command(), request.rowsMax());
        }
        synchronized (state) {
            sent = true;
            if (cancelled) {
                wire.cancel();
            }
        }
    }

    /** Returns whether the statement answers with rows. */
    boolean hasRows() {
        return columns != null;
    }

    @Override
    public List<ColumnInfo> columns() {
        return columns == null ? List.of() : columns;
    }

    @Override
    public @Nullable Cells next() throws SQLException {
        RowBlock block = rows;
        if (block == null || !block.advance()) {
            block = nextBlock();
        }
        if (resumption != null && block != null) {
            resumption.row();
        }
        return block;
    }

    private @Nullable RowBlock nextBlock() throws SQLException {
        reading.lock();
        try {
            rows = null;
            while (true) {
                PooledSession current = current();
                if (current == null) {
                    return null;
                }
                try {
                    return read(current.wire);
                } catch (IOException e) {
                    goOnAfter(lost(e));
                } catch (ServerException e) {
                    goOnAfter(failed(e));
                }
            }
        } finally {
            reading.unlock();
        }
    }

    /** Finds another session to go on with the answer where that can be done; throws what happened otherwise. */
    private void goOnAfter(SQLException failure) throws SQLException {
        Resumption lost = resumption;
        if (lost == null || !SqlErrors.serverGone(failure)) {
            throw failure;
        }
        if (lost.complete()) {
            return;
        }
        Backoff backoff = new Backoff(resumeTimeoutMillis);
        SQLException last = failure;
        while (backoff.pause(state, () -> cancelled || closed || pool.closed())) {
            try {
                reopen(lost);
                return;
            } catch (SQLException e) {
                if (!SqlErrors.serverGone(e)) {
                    throw e;
                }
                last = e;
            }
        }
        synchronized (state) {
            if (cancelled || closed) {
                throw SqlErrors.cancelled();
            }
        }
        last.addSuppressed(failure);
        throw last;
    }

    private void reopen(Resumption lost) throws SQLException {
        PooledSession acquired = pool.acquire();
        synchronized (state) {
            session = acquired;
            sent = false;
        }
        try {
            lost.goOn(acquired.wire, columns());
            boolean late;
            synchronized (state) {
                sent = true;
                late = cancelled;
            }
            if (late) {
                acquired.wire.cancel();
            }
        } catch (IOException e) {
            throw lost(e);
        } catch (ServerException e) {
            throw failed(e);
        } catch (SQLException e) {
            end(false);
            throw e;
        }
    }

    private @Nullable RowBlock read(WireSession wire) throws IOException, ServerException, SQLException {
        long idleEnd = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(request.idleTimeoutMillis());
        while (wire.busy()) {
            if (request.idleTimeoutMillis() > 0 && !wire.await(left(idleEnd), pool.readTimeoutMillis())) {
                throw SqlErrors.timedOut("no row came for " + request.idleTimeoutMillis() + " ms");
            }
            RowBlock block = wire.step();
            if (resumption != null) {
                resumption.pointFrom(wire);
            }
            if (block != null && block.advance()) {
                rows = block;
                return block;
            }
            warnings.add(wire.takeNotices());
        }
        commandTags = wire.commandTags();
        PooledSession ended = session;
        if (request.setting() && ended != null) {
            pool.set(ended, request.command().sql());
        }
        end(true);
        return null;
    }

    private static int left(long endNanos) {
        return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime()));
    }

    /** Reads the answer to its end; {@link #commandTags} tells what was done. */
    void finish() throws SQLException {
        Object row = next();
        while (row != null) {
            // Rows nobody asked for.
            row = next();
        }
    }

    /** Returns what each statement did, in the server's words, once the answer is read or one of them has failed. */
    List<String> commandTags() {
        return commandTags;
    }

    private @Nullable PooledSession current() throws SQLException {
        synchronized (state) {
            if (session == null && cancelled && (closed || resumption != null)) {
                throw SqlErrors.cancelled();
            }
            return session;
        }
    }

    private void expire() {
        synchronized (state) {
            if (session == null) {
                return;
            }
            timedOut = true;
        }
        cancel();
    }

    /** Has the server end the statement, wherever it is; without effect where it has ended. */
    void cancel() {
        long giveUp = System.nanoTime() + GIVE_UP_NANOS;
        while (requestCancel() && System.nanoTime() < giveUp) {
            if (reading.isHeldByCurrentThread() || idleWithin(CANCEL_AGAIN_MILLIS)) {
                return;
            }
        }
    }

    /** Returns whether the statement is still running. */
    private boolean requestCancel() {
        synchronized (state) {
            cancelled = true;
            state.notifyAll();
            if (session == null || !sent) {
                return false;
            }
            try {
                session.wire.cancel();
            } catch (IOException e) {
                // No way to reach the server: whoever waits for it waits in vain.
                session.wire.abort();
            }
            return true;
        }
    }

    /** Returns whether nobody reads the answer any more. */
    private boolean idleWithin(int millis) {
        try {
            if (reading.tryLock(millis, TimeUnit.MILLISECONDS)) {
                reading.unlock();
                return true;
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        synchronized (state) {
            closed = true;
            state.notifyAll();
            if (session == null) {
                return;
            }
        }
        if (!endsBySelf()) {
            cancel();
            drainCancelled();
        }
    }

    /** A bounded answer that is nearly read is let end: that costs less than to cancel it. */
    private boolean endsBySelf() {
        if (request.endless() || !reading.tryLock()) {
            return false;
        }
        try {
            return drain(1, 20);
        } finally {
            reading.unlock();
        }
    }

    private void drainCancelled() {
        long giveUp = System.nanoTime() + GIVE_UP_NANOS;
        try {
            while (!reading.tryLock(CANCEL_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                if (System.nanoTime() > giveUp) {
                    end(false);
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(false);
            return;
        }
        try {
            boolean ended = false;
            while (!ended) {
                ended = drain(CANCEL_AGAIN_MILLIS, Integer.MAX_VALUE) || requestFailed(giveUp);
            }
        } finally {
            reading.unlock();
        }
    }

    private boolean requestFailed(long giveUp) {
        if (System.nanoTime() > giveUp || !requestCancel()) {
            end(false);
            return true;
        }
        return false;
    }

    /** Drops what comes without a pause longer than that; returns whether the answer has ended. */
    private boolean drain(int pauseMillis, int messagesMax) {
        PooledSession current;
        synchronized (state) {
            current = session;
        }
        if (current == null) {
            return true;
        }
        long giveUp = System.nanoTime() + GIVE_UP_NANOS;
        try {
            for (int i = 0; current.wire.busy() && i < messagesMax; i++) {
                if (System.nanoTime() > giveUp || !current.wire.await(pauseMillis, pool.readTimeoutMillis())) {
                    return false;
                }
                current.wire.discard();
            }
        } catch (IOException e) {
            end(false);
            return true;
        }
        if (!current.wire.busy()) {
            end(true);
        }
        return !current.wire.busy();
    }

    private SQLException failed(ServerException e) {
        boolean expired;
        synchronized (state) {
            commandTags = session == null ? List.of() : session.wire.commandTags();
            expired = timedOut && e.failure().sqlState().equals(SqlErrors.CANCELLED);
            end(session != null && !session.wire.busy());
        }
        return expired
                ? SqlErrors.timedOut("the statement took longer than " + request.timeoutMillis() / 1000 + " s")
                : SqlErrors.of(e);
    }

    private SQLException lost(IOException e) {
        boolean wanted;
        synchronized (state) {
            wanted = cancelled;
            end(false);
        }
        return wanted ? SqlErrors.cancelled() : SqlErrors.lost(e);
    }

    private void end(boolean usable) {
        PooledSession ended;
        synchronized (state) {
            ended = session;
            session = null;
        }
        if (timer != null) {
            timer.cancel();
        }
        if (ended != null) {
            pool.release(ended, usable);
        }
    }
}
