package io.millrace.server.engine;

import io.millrace.runtime.Environment;
import io.millrace.runtime.pump.Pump;
import io.millrace.runtime.pump.PumpSettings;
import io.millrace.runtime.pump.Replacement;
import io.millrace.runtime.pump.StoredPump;
import io.millrace.sql.catalog.PumpDefinition;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.statement.Statement.ObjectKind;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The pumps that run, each on its thread with its directory. */
final class RunningPumps {

    private final HostedTasks tasks;
    private final StateDirectories directories;
    private final ReaderHolds holds;
    private final ReadLogs logs;
    private final EngineStreams streams;
    private final Queries queries;
    private final Map<String, Pump> open = new ConcurrentHashMap<>();

    RunningPumps(
            HostedTasks tasks,
            StateDirectories directories,
            ReaderHolds holds,
            ReadLogs logs,
            EngineStreams streams,
            Queries queries) {
        this.tasks = tasks;
        this.directories = directories;
        this.holds = holds;
        this.logs = logs;
        this.streams = streams;
        this.queries = queries;
    }

    /**
     * Counts a pump among the writers of its stream, and among those that a stream's retention waits for, whether it
     * runs or not.
     */
    void exists(PumpDefinition pump, CatalogEntry entry) {
        streams.bounds(target(pump).name()).join(TaskNames.producer(entry));
        holds.hold(
                TaskNames.of(ObjectKind.PUMP, pump.name()),
                CatalogUses.streamsOf(pump.plan()),
                () -> StoredPump.positions(directories.path(entry)));
    }

    /** Counts a pump no more among the writers of its stream. */
    void isGone(PumpDefinition pump, CatalogEntry entry) {
        streams.bounds(pump.target()).leave(TaskNames.producer(entry));
    }

    void start(PumpDefinition pump, CatalogEntry entry) {
        String task = TaskNames.of(ObjectKind.PUMP, pump.name());
        tasks.start(
                task,
                stopping -> new PumpTask(
                        open(pump, entry, stopping), holds.of(task), opened -> open.put(pump.name(), opened)));
    }

    private Pump open(PumpDefinition pump, CatalogEntry entry, BooleanSupplier stopping) {
        StreamDefinition target = target(pump);
        StreamSink sink = new StreamSink(
                streams.log(target.name()),
                target,
                streams.bounds(target.name()),
                TaskNames.producer(entry),
                pump.plan().rowType(),
                pump.targetColumns(),
                pump.plan().rowtimeColumn());
        return Pump.open(
                pump.name(),
                pump.plan(),
                environment(pump, entry),
                sink,
                directories.of(entry),
                PumpSettings.DEFAULT,
                stopping);
    }

    private Environment environment(PumpDefinition pump, CatalogEntry entry) {
        return queries.environmentOf(pump.name(), TaskNames.of(ObjectKind.PUMP, TaskNames.producer(entry)));
    }

    /** Ends what runs under this name; what it has done stays done. */
    void stop(String name) {
        tasks.stop(TaskNames.of(ObjectKind.PUMP, name));
        open.remove(name);
    }

    /**
     * Returns what becomes of the state of a pump that was stopped when it goes on with another query. What it had begun
     * is carried to its end first, with the query it has.
     *
     * @throws io.millrace.spi.error.MillraceException {@code UNSUPPORTED} where it cannot go on with it, and why it could
     *     not finish
     */
    Replacement replacement(PumpDefinition before, PumpDefinition after, CatalogEntry entry) {
        Path directory = directories.path(entry);
        if (StoredPump.unfinished(directory)) {
            open(before, entry, () -> false).close();
        }
        return StoredPump.replacement(after.name(), after.plan(), environment(after, entry), directory);
    }

    /** Has the retention of other streams wait for a pump than before, which does not run. */
    void exchange(PumpDefinition before, PumpDefinition after, CatalogEntry entry) {
        exists(after, entry);
        holds.releaseUnread(TaskNames.of(ObjectKind.PUMP, after.name()), before.plan(), after.plan());
    }

    /** Returns the running pump of this name, or null. */
    @Nullable
    Pump find(String name) {
        return open.get(name);
    }

    private StreamDefinition target(PumpDefinition pump) {
        return logs.require(pump.target());
    }
}
