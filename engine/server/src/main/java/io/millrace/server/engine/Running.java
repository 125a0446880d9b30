package io.millrace.server.engine;

import io.millrace.sql.statement.Statement.ObjectKind;
import org.jspecify.annotations.Nullable;

/**
 * What runs by itself, by kind; and what is the same for all kinds.
 *
 * <pre>
 *   exists ──▶ start ──▶ awaitOpened, state … ──▶ stop ──▶ letGo ──▶ forget
 *   (held)    (a thread)                         (kept)    (not held)  (deleted)
 * </pre>
 */
final class Running implements AutoCloseable {

    /** What a state begins with that says why something fails. */
    static final String FAILING = "failing: ";

    private final HostedTasks tasks;
    private final StateDirectories directories;
    private final ReaderHolds holds;
    private final RunningPumps pumps;
    private final RunningViews views;
    private final RunningDeliveries deliveries;
    private final RunningTables tables;

    Running(
            HostedTasks tasks,
            StateDirectories directories,
            ReaderHolds holds,
            RunningPumps pumps,
            RunningViews views,
            RunningDeliveries deliveries,
            RunningTables tables) {
        this.tasks = tasks;
        this.directories = directories;
        this.holds = holds;
        this.pumps = pumps;
        this.views = views;
        this.deliveries = deliveries;
        this.tables = tables;
    }

    RunningPumps pumps() {
        return pumps;
    }

    RunningViews views() {
        return views;
    }

    RunningDeliveries deliveries() {
        return deliveries;
    }

    RunningTables tables() {
        return tables;
    }

    /** Waits until something that was started is there, so that it can be asked; or until it has failed to start. */
    void awaitOpened(ObjectKind kind, String name) {
        tasks.awaitOpened(TaskNames.of(kind, name));
    }

    /** Returns how something is: running, stopped, or why it failed. */
    String state(ObjectKind kind, String name) {
        String task = TaskNames.of(kind, name);
        if (tasks.find(task) == null) {
            return "stopped";
        }
        @Nullable String failure = kind == ObjectKind.DELIVERY ? deliveries.failure(name) : tasks.failure(task);
        return failure == null ? "running" : FAILING + failure;
    }

    /** Ends what runs under this name; what it has done stays done. */
    void stop(ObjectKind kind, String name) {
        switch (kind) {
            case PUMP -> pumps.stop(name);
            case VIEW -> views.stop(name);
            case DELIVERY -> deliveries.stop(name);
            case EXTERNAL_TABLE -> tables.stop(name);
            case STREAM, TABLE, FUNCTION, STORED_QUERY -> {}
        }
    }

    /** Lets go of the logs that something dropped has read. */
    void letGo(CatalogEntry entry) {
        holds.release(TaskNames.of(entry.kind(), entry.name()));
        if (entry.kind() == ObjectKind.DELIVERY) {
            holds.release(TaskNames.queryOf(entry.name()));
        }
    }

    /** Deletes what something dropped has kept on disk. */
    void forget(CatalogEntry entry) {
        switch (entry.kind()) {
            case VIEW -> views.delete(entry);
            case DELIVERY -> deliveries.delete(entry);
            case EXTERNAL_TABLE -> tables.delete(entry);
            case PUMP, STREAM, TABLE, FUNCTION, STORED_QUERY -> {}
        }
        directories.delete(entry);
    }

    @Override
    public void close() {
        tasks.close();
    }
}
