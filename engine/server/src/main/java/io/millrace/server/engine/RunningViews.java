package io.millrace.server.engine;

import io.millrace.runtime.pump.Pump;
import io.millrace.runtime.pump.PumpSettings;
import io.millrace.runtime.pump.StoredPump;
import io.millrace.runtime.view.ChangeLog;
import io.millrace.runtime.view.ViewTask;
import io.millrace.sql.catalog.ViewDefinition;
import io.millrace.sql.statement.Statement.ObjectKind;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The views that are kept up to date, each on its thread with its directory. */
final class RunningViews {

    private static final long LOOK_MILLIS = 50;

    private final HostedTasks tasks;
    private final StateDirectories directories;
    private final ReaderHolds holds;
    private final ViewLogs logs;
    private final ReadLogs read;
    private final Queries queries;
    private final Map<String, ViewTask> open = new ConcurrentHashMap<>();
    private final Map<String, Pump> pumps = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> filling = new ConcurrentHashMap<>();

    RunningViews(
            HostedTasks tasks,
            StateDirectories directories,
            ReaderHolds holds,
            ViewLogs logs,
            ReadLogs read,
            Queries queries) {
        this.tasks = tasks;
        this.directories = directories;
        this.holds = holds;
        this.logs = logs;
        this.read = read;
        this.queries = queries;
        queries.viewsFrom(open::get, name -> tasks.failure(task(name)));
    }

    /** Has the retention of the streams wait for a view, whether it can be opened or not. */
    void exists(ViewDefinition view, CatalogEntry entry) {
        logs.exists(view, entry);
        hold(view, entry);
    }

    private void hold(ViewDefinition view, CatalogEntry entry) {
        holds.hold(
                task(view.name()),
                CatalogUses.streamsOf(view.plan()),
                () -> StoredPump.positions(directories.path(entry)));
    }

    void isGone(String view) {
        logs.isGone(view);
    }

    void start(ViewDefinition view, CatalogEntry entry) {
        start(view, entry, () -> {});
    }

    /** @param opened told once the view can be asked */
    void start(ViewDefinition view, CatalogEntry entry, Runnable opened) {
        String task = task(view.name());
        ViewLog changes = changes(view);
        tasks.start(task, stopping -> {
            ViewTask running = open(view, entry, changes.open(), stopping);
            open.put(view.name(), running);
            opened.run();
            PumpTask pumping = new PumpTask(running.pump(), holds.of(task), pump -> pumps.put(view.name(), pump));
            return new FirstFill(
                    pumping, running.pump(), CatalogUses.streamsOf(view.plan()), read, () -> filled(view.name()));
        });
    }

    private void filled(String view) {
        CountDownLatch waiting = filling.remove(view);
        if (waiting != null) {
            waiting.countDown();
        }
    }

    /** Starts a view that is new; {@link #awaitFilled} waits for what it begins with. */
    void startNew(ViewDefinition view, CatalogEntry entry) {
        // Who waits for a view of that name which is gone has nothing to wait for.
        filled(view.name());
        filling.put(view.name(), new CountDownLatch(1));
        start(view, entry);
    }

    /**
     * Waits until a view that is new has taken in what its streams held when it was opened; until it fails, is dropped, or
     * who waits is interrupted.
     *
     * @throws io.millrace.spi.error.MillraceException {@code CANCELLED} once the statement that waits is
     */
    void awaitFilled(String view, UnderWay underWay) {
        String task = task(view);
        CountDownLatch waiting = filling.get(view);
        try {
            while (waiting != null
                    && tasks.find(task) != null
                    && tasks.failure(task) == null
                    && !waiting.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                // What ends the wait otherwise is looked at now and then.
                underWay.check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ViewTask open(ViewDefinition view, CatalogEntry entry, ChangeLog changes, BooleanSupplier stopping) {
        return ViewTask.open(
                view.name(),
                view.plan(),
                queries.environmentOf(view.name(), task(TaskNames.producer(entry))),
                directories.of(entry),
                PumpSettings.DEFAULT,
                changes,
                stopping);
    }

    /**
     * Ends what keeps a view up to date, once it is through with what it has begun. Its answer stays until the view is next
     * opened.
     *
     * @throws io.millrace.spi.error.MillraceException why it could not finish
     */
    void pause(ViewDefinition view, CatalogEntry entry) {
        tasks.stop(task(view.name()));
        pumps.remove(view.name());
        if (StoredPump.unfinished(directories.path(entry))) {
            open(view, entry, changes(view).open(), () -> false).close();
        }
    }

    /** Ends what runs under this name; what it has done stays done. */
    void stop(String name) {
        tasks.stop(task(name));
        open.remove(name);
        pumps.remove(name);
        filled(name);
    }

    /** Has the retention of other streams wait for a view than before, which does not run. */
    void exchange(ViewDefinition before, ViewDefinition after, CatalogEntry entry, boolean sameLog) {
        if (!sameLog) {
            logs.isGone(before.name());
            logs.delete(entry);
            logs.exists(after, entry);
        }
        hold(after, entry);
        holds.releaseUnread(task(after.name()), before.plan(), after.plan());
    }

    /** Deletes the changes of a view that was dropped. */
    void delete(CatalogEntry entry) {
        logs.delete(entry);
    }

    /** Returns the running view of this name, or null. */
    @Nullable
    ViewTask find(String name) {
        return open.get(name);
    }

    /** Returns the pump that keeps a view up to date, or null. */
    @Nullable
    Pump pump(String name) {
        return pumps.get(name);
    }

    private ViewLog changes(ViewDefinition view) {
        return Objects.requireNonNull(logs.find(view.name()));
    }

    private static String task(String view) {
        return TaskNames.of(ObjectKind.VIEW, view);
    }
}
