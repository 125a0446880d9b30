package io.millrace.server.engine;

import io.millrace.delivery.Delivery;
import io.millrace.delivery.DeliveryStatus;
import io.millrace.runtime.pump.Pump;
import io.millrace.runtime.pump.Replacement;
import io.millrace.runtime.pump.StoredPump;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.catalog.DeliveredQuery;
import io.millrace.sql.catalog.DeliveryDefinition;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.statement.Statement.ObjectKind;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries that run: each on its thread with its directory, and on threads of their own the pump of its query and
 * what keeps its table in order, where it has these.
 */
final class RunningDeliveries {

    private final HostedTasks tasks;
    private final StateDirectories directories;
    private final ReaderHolds holds;
    private final ReadLogs logs;
    private final Queries queries;
    private final DeliveryOpener opener;
    private final DeliveryQueries ofQueries;
    private final Map<String, Pump> pumps = new ConcurrentHashMap<>();

    RunningDeliveries(
            HostedTasks tasks,
            StateDirectories directories,
            ReaderHolds holds,
            ReadLogs logs,
            Queries queries,
            DeliveryOpener opener,
            DeliveryQueries ofQueries) {
        this.tasks = tasks;
        this.directories = directories;
        this.holds = holds;
        this.logs = logs;
        this.queries = queries;
        this.opener = opener;
        this.ofQueries = ofQueries;
    }

    /** Has the retention of the stream wait for a delivery, whether it can be opened or not. */
    void exists(DeliveryDefinition delivery, CatalogEntry entry) {
        Path directory = directories.path(entry);
        DeliveredQuery query = delivery.query();
        if (query == null) {
            String stream = source(delivery).name();
            holds.hold(task(delivery.name()), Set.of(stream), () -> Map.of(stream, opener.storedPositions(directory)));
        } else {
            Path ofQuery = DeliveryQueries.directory(directory);
            ofQueries.logs().hold(entry, task(delivery.name()));
            holds.hold(
                    TaskNames.queryOf(delivery.name()),
                    CatalogUses.streamsOf(query.plan()),
                    () -> StoredPump.positions(ofQuery));
        }
    }

    /** Returns by shard how far a delivery of a stream that does not run has come; empty where it never ran. */
    Map<String, Long> storedPositions(CatalogEntry entry) {
        return opener.storedPositions(directories.path(entry));
    }

    /** Has a new delivery of a stream begin at a place. */
    void begin(CatalogEntry entry, Map<String, Long> positions) {
        opener.begin(directories.of(entry), positions);
    }

    /** Checks what a new delivery says before anything is made of it. */
    void check(DeliveryDefinition delivery) {
        opener.check(delivery, columns(delivery));
    }

    void start(DeliveryDefinition delivery, CatalogEntry entry) {
        DeliveredQuery query = delivery.query();
        if (query == null) {
            startOfStream(delivery, entry);
        } else {
            startQuery(delivery.name(), query, entry);
            startOfQuery(delivery, query, entry);
        }
        startUpkeep(delivery, columns(delivery), entry);
    }

    private void startOfStream(DeliveryDefinition delivery, CatalogEntry entry) {
        String task = task(delivery.name());
        tasks.start(task, stopping -> {
            StreamDefinition source = source(delivery);
            return opener.open(delivery, source, source.columns(), directories.of(entry), holds.of(task), stopping);
        });
    }

    private void startQuery(String delivery, DeliveredQuery query, CatalogEntry entry) {
        String task = TaskNames.queryOf(delivery);
        tasks.start(task, stopping -> {
            ofQueries.logs().require(entry, task(delivery));
            Pump pump = ofQueries.open(task, query, entry, TaskNames.producer(entry), directories.of(entry), stopping);
            return new PumpTask(pump, holds.of(task), open -> pumps.put(delivery, open));
        });
    }

    private void startOfQuery(DeliveryDefinition delivery, DeliveredQuery query, CatalogEntry entry) {
        String task = task(delivery.name());
        StreamDefinition rows = ofQueries.definition(entry, query);
        tasks.start(task, stopping -> {
            ofQueries.logs().require(entry, task);
            return opener.open(delivery, rows, query.columns(), directories.of(entry), holds.of(task), stopping);
        });
    }

    private void startUpkeep(DeliveryDefinition delivery, RowType columns, CatalogEntry entry) {
        Path directory = directories.path(entry);
        if (opener.hasUpkeep(delivery, columns, directory)) {
            tasks.start(
                    TaskNames.upkeepOf(delivery.name()), stopping -> opener.openUpkeep(delivery, columns, directory));
        }
    }

    /** Ends what runs under this name; what it has done stays done. */
    void stop(String name) {
        tasks.stop(task(name));
        opener.forget(name);
        tasks.stop(TaskNames.upkeepOf(name));
        tasks.stop(TaskNames.queryOf(name));
        pumps.remove(name);
    }

    /**
     * Returns what becomes of the state of a delivery that was stopped, when it goes on with another query. What it had begun
     * is carried to its end first, with the query it has.
     *
     * @throws MillraceException {@code UNSUPPORTED} where it cannot, and why it could not finish
     */
    Replacement replacement(DeliveryDefinition before, DeliveryDefinition after, CatalogEntry entry) {
        Path directory = DeliveryQueries.directory(directories.path(entry));
        String task = TaskNames.queryOf(before.name());
        String producer = TaskNames.producer(entry);
        if (StoredPump.unfinished(directory)) {
            ofQueries
                    .open(task, query(before), entry, producer, directories.of(entry), () -> false)
                    .close();
        }
        try {
            return StoredPump.replacement(
                    after.name(),
                    query(after).plan(),
                    queries.environmentOf(after.name(), task + " " + producer),
                    directory);
        } catch (MillraceException e) {
            throw DeliveryChange.refused(after.name(), e);
        }
    }

    /** Has the retention of other streams wait for a delivery than before, which does not run. */
    void exchange(DeliveryDefinition before, DeliveryDefinition after, CatalogEntry entry) {
        exists(after, entry);
        holds.releaseUnread(
                TaskNames.queryOf(after.name()),
                query(before).plan(),
                query(after).plan());
    }

    /** Deletes the rows of a delivery's query that was dropped. */
    void delete(CatalogEntry entry) {
        ofQueries.logs().delete(entry);
    }

    /** Returns the running delivery of this name, or null. */
    @Nullable
    Delivery find(String name) {
        return opener.find(name);
    }

    /** Returns the pump inside a delivery of a query, or null. */
    @Nullable
    Pump pump(String name) {
        return pumps.get(name);
    }

    /** Returns what a delivery, its query or the upkeep of its table fails with, or null. */
    @Nullable
    String failure(String name) {
        return Stream.of(TaskNames.queryOf(name), task(name), TaskNames.upkeepOf(name))
                .map(tasks::failure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Returns what last failed of a delivery, its query or the upkeep of its table, though it may run again; or null. */
    TaskThread.@Nullable PastFailure lastFailure(String name) {
        Delivery open = find(name);
        DeliveryStatus status = open == null ? null : open.status();
        TaskThread.PastFailure own = status == null || status.lastError() == null || status.lastErrorAt() == null
                ? null
                : new TaskThread.PastFailure(status.lastError(), status.lastErrorAt());
        return Stream.concat(
                        Stream.ofNullable(own),
                        Stream.of(TaskNames.queryOf(name), task(name), TaskNames.upkeepOf(name))
                                .map(tasks::lastFailure)
                                .filter(Objects::nonNull))
                .max(Comparator.comparing(TaskThread.PastFailure::at))
                .orElse(null);
    }

    private RowType columns(DeliveryDefinition delivery) {
        DeliveredQuery query = delivery.query();
        return query == null ? source(delivery).columns() : query.columns();
    }

    private StreamDefinition source(DeliveryDefinition delivery) {
        return logs.require(Objects.requireNonNull(delivery.source()));
    }

    private static DeliveredQuery query(DeliveryDefinition delivery) {
        return Objects.requireNonNull(delivery.query());
    }

    private static String task(String delivery) {
        return TaskNames.of(ObjectKind.DELIVERY, delivery);
    }
}
