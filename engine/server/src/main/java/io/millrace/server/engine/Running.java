package io.millrace.server.engine;

import io.millrace.runtime.pump.Pump;
import io.millrace.runtime.pump.PumpSettings;
import io.millrace.runtime.pump.Replacement;
import io.millrace.runtime.view.ChangeLog;
import io.millrace.runtime.view.ViewTask;
import io.millrace.server.file.WatchOptions;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.log.StreamLog;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.catalog.DeliveredQuery;
import io.millrace.sql.catalog.DeliveryDefinition;
import io.millrace.sql.catalog.ExternalTable;
import io.millrace.sql.catalog.PumpDefinition;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.catalog.ViewDefinition;
import io.millrace.sql.statement.Statement.ObjectKind;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What runs by itself: pumps, views and deliveries, each on its thread with its directory. */
final class Running implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Running.class.getName());

    private final HostedTasks tasks;
    private final StateDirectories directories;
    private final ReadLogs logs;
    private final EngineStreams streams;
    private final Queries queries;
    private final ViewLogs viewLogs;
    private final WatchedTables watched;
    private final FileCopy files;
    private final DeliveryOpener deliveries;
    private final DeliveryQueries deliveryQueries;
    private final Map<String, Pump> pumps = new ConcurrentHashMap<>();
    private final Map<String, ViewTask> views = new ConcurrentHashMap<>();

    Running(
            HostedTasks tasks,
            StateDirectories directories,
            ReadLogs logs,
            EngineStreams streams,
            Queries queries,
            ViewLogs viewLogs,
            WatchedTables watched,
            FileCopy files,
            DeliveryOpener deliveries,
            DeliveryQueries deliveryQueries) {
        this.tasks = tasks;
        this.directories = directories;
        this.logs = logs;
        this.streams = streams;
        this.queries = queries;
        this.viewLogs = viewLogs;
        this.watched = watched;
        this.files = files;
        this.deliveries = deliveries;
        this.deliveryQueries = deliveryQueries;
        queries.viewsFrom(views::get);
    }

    /**
     * Counts a pump among the writers of its stream, and among those that a stream's retention waits for, whether it
     * runs or not.
     */
    void exists(PumpDefinition pump, CatalogEntry entry) {
        streams.bounds(target(pump).name()).join(producer(entry));
        hold(
                taskName(ObjectKind.PUMP, pump.name()),
                CatalogUses.streamsOf(pump.plan()),
                () -> Pump.storedPositions(directories.path(entry)));
    }

    /** Has the retention of the streams wait for a view, whether it can be opened or not. */
    void exists(ViewDefinition view, CatalogEntry entry) {
        viewLogs.exists(view, entry);
        hold(
                taskName(ObjectKind.VIEW, view.name()),
                CatalogUses.streamsOf(view.plan()),
                () -> Pump.storedPositions(directories.path(entry)));
    }

    /** Has the retention of the stream wait for a delivery, whether it can be opened or not. */
    void exists(DeliveryDefinition delivery, CatalogEntry entry) {
        Path directory = directories.path(entry);
        DeliveredQuery query = delivery.query();
        if (query == null) {
            String stream = source(delivery).name();
            String holder = taskName(ObjectKind.DELIVERY, delivery.name());
            hold(holder, Set.of(stream), () -> Map.of(stream, deliveries.storedPositions(directory)));
        } else {
            Path ofQuery = DeliveryQueries.directory(directory);
            deliveryQueries.logs().hold(entry, taskName(ObjectKind.DELIVERY, delivery.name()));
            hold(queryOf(delivery.name()), CatalogUses.streamsOf(query.plan()), () -> Pump.storedPositions(ofQuery));
        }
    }

    /** Holds what is not read yet: all there is where nothing says how far the reader has come. */
    private void hold(String holder, Set<String> read, Supplier<Map<String, Map<String, Long>>> stored) {
        Map<String, Map<String, Long>> known = Map.of();
        try {
            known = stored.get();
        } catch (MillraceException e) {
            LOG.log(Level.WARNING, "how far " + holder + " has read is not known: " + e.describe());
        }
        for (String stream : read) {
            Map<String, Long> positions = known.getOrDefault(stream, Map.of());
            ViewLog changes = viewLogs.find(stream);
            if (changes != null) {
                changes.follow(holder);
            }
            StreamLog log = logs.ifReadable(stream);
            if (log != null) {
                holdAll(holder, log, positions);
            }
        }
    }

    private static void holdAll(String holder, StreamLog log, Map<String, Long> positions) {
        for (ShardLog shard : log.shards()) {
            shard.hold(holder, positions.getOrDefault(shard.description().id(), shard.firstIndex()));
        }
    }

    /** Returns the log that scans of a stream, table, view or watched table read, or null where there is none. */
    @Nullable
    StreamLog logOf(String name) {
        return logs.ifReadable(name);
    }

    /** Has a log for the rows of a table that is watched for new files. */
    void exists(ExternalTable table, CatalogEntry entry) {
        WatchOptions watch = WatchOptions.from(table.options());
        if (watch != null) {
            watched.exists(table, entry, watch);
        }
    }

    /** Watches a table for new files, where it is to be. */
    void start(ExternalTable table, CatalogEntry entry) {
        WatchOptions watch = WatchOptions.from(table.options());
        StreamDefinition rows = watched.find(table.name());
        StreamLog log = watched.log(table.name());
        if (watch != null && rows != null && log != null) {
            tasks.start(
                    taskName(ObjectKind.EXTERNAL_TABLE, table.name()),
                    stopping -> files.watch(table, watch, rows, log, producer(entry), directories.of(entry)));
        }
    }

    void tableIsGone(String table) {
        watched.isGone(table);
    }

    void viewIsGone(String view) {
        viewLogs.isGone(view);
    }

    void pumpIsGone(PumpDefinition pump, CatalogEntry entry) {
        streams.bounds(pump.target()).leave(producer(entry));
    }

    void start(PumpDefinition pump, CatalogEntry entry) {
        String task = taskName(ObjectKind.PUMP, pump.name());
        tasks.start(
                task,
                stopping ->
                        new PumpTask(open(pump, entry, stopping), holds(task), open -> pumps.put(pump.name(), open)));
    }

    private Pump open(PumpDefinition pump, CatalogEntry entry, BooleanSupplier stopping) {
        StreamDefinition target = target(pump);
        StreamSink sink = new StreamSink(
                streams.log(target.name()),
                target,
                streams.bounds(target.name()),
                producer(entry),
                pump.plan().rowType(),
                pump.targetColumns(),
                pump.plan().rowtimeColumn());
        return Pump.open(
                pump.name(),
                pump.plan(),
                queries.environmentOf(pump.name(), taskName(ObjectKind.PUMP, producer(entry))),
                sink,
                directories.of(entry),
                PumpSettings.DEFAULT,
                stopping);
    }

    /**
     * Returns what becomes of the state of a pump that was stopped when it goes on with another query. What it had begun
     * is carried to its end first, with the query it has.
     *
     * @throws MillraceException {@code UNSUPPORTED} where it cannot go on with it, and why it could not finish
     */
    Replacement replacement(PumpDefinition before, PumpDefinition after, CatalogEntry entry) {
        Path directory = directories.path(entry);
        if (Pump.unfinished(directory)) {
            open(before, entry, () -> false).close();
        }
        String producer = taskName(ObjectKind.PUMP, producer(entry));
        return Pump.replacement(after.name(), after.plan(), queries.environmentOf(after.name(), producer), directory);
    }

    /** Has the retention of other streams wait for a pump than before, which does not run. */
    void exchange(PumpDefinition before, PumpDefinition after, CatalogEntry entry) {
        exists(after, entry);
        Set<String> read = CatalogUses.streamsOf(after.plan());
        String holder = taskName(ObjectKind.PUMP, after.name());
        for (String stream : CatalogUses.streamsOf(before.plan())) {
            if (!read.contains(stream)) {
                release(holder, stream);
            }
        }
    }

    /**
     * Returns what becomes of the state of a delivery that was stopped, when it goes on with another query. What it had begun
     * is carried to its end first, with the query it has.
     *
     * @throws MillraceException {@code UNSUPPORTED} where it cannot, and why it could not finish
     */
    Replacement replacement(DeliveryDefinition before, DeliveryDefinition after, CatalogEntry entry) {
        Path directory = DeliveryQueries.directory(directories.path(entry));
        String task = queryOf(before.name());
        if (Pump.unfinished(directory)) {
            DeliveredQuery old = Objects.requireNonNull(before.query());
            deliveryQueries
                    .open(task, old, entry, producer(entry), directories.of(entry), () -> false)
                    .close();
        }
        try {
            return Pump.replacement(
                    after.name(),
                    Objects.requireNonNull(after.query()).plan(),
                    queries.environmentOf(after.name(), task + " " + producer(entry)),
                    directory);
        } catch (MillraceException e) {
            throw DeliveryChange.refused(after.name(), e);
        }
    }

    /** Has the retention of other streams wait for a delivery than before, which does not run. */
    void exchange(DeliveryDefinition before, DeliveryDefinition after, CatalogEntry entry) {
        exists(after, entry);
        Set<String> read =
                CatalogUses.streamsOf(Objects.requireNonNull(after.query()).plan());
        for (String stream :
                CatalogUses.streamsOf(Objects.requireNonNull(before.query()).plan())) {
            if (!read.contains(stream)) {
                release(queryOf(after.name()), stream);
            }
        }
    }

    private void release(String holder, String stream) {
        ViewLog changes = viewLogs.find(stream);
        if (changes != null) {
            changes.leave(holder);
            changes.shard().hold(holder, Long.MAX_VALUE);
        }
        StreamLog log = logs.ifReadable(stream);
        if (log != null) {
            log.shards().forEach(shard -> shard.hold(holder, Long.MAX_VALUE));
        }
    }

    void start(ViewDefinition view, CatalogEntry entry) {
        start(view, entry, () -> {});
    }

    /** @param opened told once the view can be asked */
    void start(ViewDefinition view, CatalogEntry entry, Runnable opened) {
        String task = taskName(ObjectKind.VIEW, view.name());
        ViewLog changes = Objects.requireNonNull(viewLogs.find(view.name()));
        tasks.start(task, stopping -> {
            ViewTask open = open(view, entry, changes.open(), stopping);
            views.put(view.name(), open);
            opened.run();
            return new PumpTask(open.pump(), holds(task), pump -> pumps.put(task, pump));
        });
    }

    private ViewTask open(ViewDefinition view, CatalogEntry entry, ChangeLog changes, BooleanSupplier stopping) {
        return ViewTask.open(
                view.name(),
                view.plan(),
                queries.environmentOf(view.name(), taskName(ObjectKind.VIEW, producer(entry))),
                directories.of(entry),
                PumpSettings.DEFAULT,
                changes,
                stopping);
    }

    /**
     * Ends what keeps a view up to date, once it is through with what it has begun. Its answer stays until the view is next
     * opened.
     *
     * @throws MillraceException why it could not finish
     */
    void pause(ViewDefinition view, CatalogEntry entry) {
        String task = taskName(ObjectKind.VIEW, view.name());
        tasks.stop(task);
        pumps.remove(task);
        if (Pump.unfinished(directories.path(entry))) {
            ViewLog changes = Objects.requireNonNull(viewLogs.find(view.name()));
            open(view, entry, changes.open(), () -> false).close();
        }
    }

    /** Has the retention of other streams wait for a view than before, which does not run. */
    void exchange(ViewDefinition before, ViewDefinition after, CatalogEntry entry, boolean sameLog) {
        if (!sameLog) {
            viewLogs.isGone(before.name());
            viewLogs.delete(entry);
            viewLogs.exists(after, entry);
        }
        String holder = taskName(ObjectKind.VIEW, after.name());
        Set<String> read = CatalogUses.streamsOf(after.plan());
        hold(holder, read, () -> Pump.storedPositions(directories.path(entry)));
        for (String stream : CatalogUses.streamsOf(before.plan())) {
            if (!read.contains(stream)) {
                release(holder, stream);
            }
        }
    }

    /** Waits until something that was started is there, so that it can be asked; or until it has failed to start. */
    void awaitOpened(ObjectKind kind, String name) {
        tasks.awaitOpened(taskName(kind, name));
    }

    /** Checks what a new delivery says before anything is made of it. */
    void check(DeliveryDefinition delivery) {
        DeliveredQuery query = delivery.query();
        deliveries.check(delivery, query == null ? source(delivery).columns() : query.columns());
    }

    void start(DeliveryDefinition delivery, CatalogEntry entry) {
        String task = taskName(ObjectKind.DELIVERY, delivery.name());
        DeliveredQuery query = delivery.query();
        if (query == null) {
            tasks.start(task, stopping -> {
                StreamDefinition source = source(delivery);
                return deliveries.open(
                        delivery, source, source.columns(), directories.of(entry), holds(task), stopping);
            });
        } else {
            start(delivery.name(), query, entry);
            StreamDefinition rows = deliveryQueries.definition(entry, query);
            tasks.start(task, stopping -> {
                deliveryQueries.logs().require(entry, task);
                return deliveries.open(delivery, rows, query.columns(), directories.of(entry), holds(task), stopping);
            });
        }
        startUpkeep(delivery, query == null ? source(delivery).columns() : query.columns(), entry);
    }

    private void startUpkeep(DeliveryDefinition delivery, RowType columns, CatalogEntry entry) {
        Path directory = directories.path(entry);
        if (deliveries.hasUpkeep(delivery, columns, directory)) {
            tasks.start(upkeepOf(delivery.name()), stopping -> deliveries.openUpkeep(delivery, columns, directory));
        }
    }

    private void start(String delivery, DeliveredQuery query, CatalogEntry entry) {
        String task = queryOf(delivery);
        tasks.start(task, stopping -> {
            deliveryQueries.logs().require(entry, taskName(ObjectKind.DELIVERY, delivery));
            Pump pump = deliveryQueries.open(task, query, entry, producer(entry), directories.of(entry), stopping);
            return new PumpTask(pump, holds(task), open -> pumps.put(task, open));
        });
    }

    /** Ends what runs under this name; what it has done stays done. */
    void stop(ObjectKind kind, String name) {
        tasks.stop(taskName(kind, name));
        switch (kind) {
            case PUMP -> pumps.remove(name);
            case VIEW -> {
                views.remove(name);
                pumps.remove(taskName(kind, name));
            }
            case DELIVERY -> {
                deliveries.forget(name);
                tasks.stop(upkeepOf(name));
                tasks.stop(queryOf(name));
                pumps.remove(queryOf(name));
            }
            default -> {}
        }
    }

    /** Deletes what something dropped has kept on disk. */
    void forget(CatalogEntry entry) {
        if (entry.kind() == ObjectKind.DELIVERY) {
            deliveryQueries.logs().delete(entry);
        }
        if (entry.kind() == ObjectKind.VIEW) {
            viewLogs.delete(entry);
        }
        if (entry.kind() == ObjectKind.EXTERNAL_TABLE) {
            watched.delete(entry);
        }
        directories.delete(entry);
    }

    /** Lets go of the logs that something dropped has read. */
    void letGo(CatalogEntry entry) {
        release(taskName(entry.kind(), entry.name()));
        if (entry.kind() == ObjectKind.DELIVERY) {
            release(queryOf(entry.name()));
        }
    }

    private void release(String holder) {
        for (StreamLog log : logs.readable()) {
            log.shards().forEach(shard -> shard.hold(holder, Long.MAX_VALUE));
        }
        for (ViewLog changes : viewLogs.all()) {
            if (changes.followedBy(holder)) {
                changes.leave(holder);
                changes.shard().hold(holder, Long.MAX_VALUE);
            }
        }
    }

    /** Returns the running pump of this name, or null. */
    @Nullable
    Pump pump(String name) {
        return pumps.get(name);
    }

    /** Returns the pump that keeps a view up to date, or null. */
    @Nullable
    Pump pumpOfView(String name) {
        return pumps.get(taskName(ObjectKind.VIEW, name));
    }

    /** Returns the pump inside a delivery of a query, or null. */
    @Nullable
    Pump pumpOfDelivery(String name) {
        return pumps.get(queryOf(name));
    }

    /** Returns the running view of this name, or null. */
    @Nullable
    ViewTask view(String name) {
        return views.get(name);
    }

    DeliveryOpener deliveries() {
        return deliveries;
    }

    /** Returns how something is: running, stopped, or why it failed. */
    String state(ObjectKind kind, String name) {
        TaskThread task = tasks.find(taskName(kind, name));
        if (task == null) {
            return "stopped";
        }
        String failure = task.failure();
        if (kind == ObjectKind.DELIVERY) {
            failure = firstKnown(failureOf(queryOf(name)), failure, failureOf(upkeepOf(name)));
        }
        return failure == null ? "running" : "failing: " + failure;
    }

    private @Nullable String failureOf(String task) {
        TaskThread running = tasks.find(task);
        return running == null ? null : running.failure();
    }

    private static @Nullable String firstKnown(@Nullable String... failures) {
        for (String failure : failures) {
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    @Override
    public void close() {
        tasks.close();
    }

    private LogHolds holds(String task) {
        return new LogHolds(task, logs::find);
    }

    private StreamDefinition target(PumpDefinition pump) {
        return require(pump.target());
    }

    private StreamDefinition source(DeliveryDefinition delivery) {
        return require(Objects.requireNonNull(delivery.source()));
    }

    private StreamDefinition require(String name) {
        return logs.require(name);
    }

    /** A pump that is dropped and made anew starts its steps anew, so it writes under another name. */
    private static String producer(CatalogEntry entry) {
        return entry.name() + "@" + entry.created().toEpochMilli();
    }

    /** Returns the name of the task that runs the query of a delivery. */
    private static String queryOf(String delivery) {
        return "query of " + taskName(ObjectKind.DELIVERY, delivery);
    }

    /** Returns the name of the task that keeps a delivery's table in order. */
    private static String upkeepOf(String delivery) {
        return "upkeep of " + taskName(ObjectKind.DELIVERY, delivery);
    }

    private static String taskName(ObjectKind kind, String name) {
        return kind.name().toLowerCase(Locale.ROOT) + " " + name;
    }
}
