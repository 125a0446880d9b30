package io.millrace.server.engine;

import io.millrace.log.LogSettings;
import io.millrace.log.LogStore;
import io.millrace.log.StreamSettings;
import io.millrace.log.disk.Disk;
import io.millrace.log.disk.LocalDisk;
import io.millrace.plan.Rowtime;
import io.millrace.runtime.code.JaninoClassCompiler;
import io.millrace.runtime.expression.CompiledExpressions;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.pump.Pump;
import io.millrace.runtime.pump.PumpSettings;
import io.millrace.runtime.spill.Workspace;
import io.millrace.server.file.ExternalFiles;
import io.millrace.server.relation.ExternalRelations;
import io.millrace.server.session.SqlService;
import io.millrace.server.session.SqlSession;
import io.millrace.server.stream.DeliveryService;
import io.millrace.server.stream.StreamService;
import io.millrace.server.table.Tables;
import io.millrace.spi.Options;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.error.DiskErrors;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.CalciteSqlPlanner;
import io.millrace.sql.SqlPlanner;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.statement.Statement;
import io.millrace.sql.statement.Statement.ObjectKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;

/**
 * Millrace without its doors: a data directory, opened, with all that runs on it. Safe for use by several threads.
 *
 * <pre>
 *   DIR/log/         the shards of streams and tables
 *   DIR/catalog.json what was created
 *   DIR/state/       what pumps, views and deliveries remember
 *   DIR/spill/       rows of running queries that do not fit memory; emptied at the start
 *   DIR/functions/   jars of users' functions
 * </pre>
 */
public final class Engine implements SqlService, AutoCloseable {

    /**
     * Writes checkpoints, of which each pump has one at a time at most. On threads of the system: queries of clients, which have
     * virtual ones, may keep all carriers of those busy as long as they like, and pumps wait for their checkpoints.
     */
    static final Executor BESIDE =
            task -> Thread.ofPlatform().name("millrace-checkpoint").start(task);

    private final InstantSource clock;
    private final LogStore store;
    private final WorkThreads threads;
    private final LiveCatalog catalog = new LiveCatalog();
    private final EngineStreams streams;
    private final SqlPlanner planner;
    private final FunctionRights rights;
    private final ExternalFiles files;
    private final ExternalRelations relations;
    private final Tables tables;
    private final Queries queries;
    private final TableWriter writer;
    private final Running running;
    private final Definitions definitions;
    private final DeliveryService deliveries;
    private final Listings listings;
    private final Explanations explanations;
    private final FileCopy fileCopy;
    private final OwnedLogs deliveryLogs;
    private final ViewLogs viewLogs;
    private final WatchedTables watched;

    private Engine(
            Path directory,
            LogStore store,
            InstantSource clock,
            Disk disk,
            EngineSettings settings,
            WorkThreads threads) {
        this.clock = clock;
        this.store = store;
        // Before anything else, so that nothing which a table needs is let go of.
        this.tables = new Tables(store);
        this.threads = threads;
        this.deliveryLogs = OwnedLogs.ofDeliveries(store);
        this.viewLogs = new ViewLogs(store);
        this.watched = new WatchedTables(store);
        JaninoClassCompiler compiler = new JaninoClassCompiler();
        Formats formats = new Formats();
        this.relations = new ExternalRelations(formats);
        this.streams = new EngineStreams(store, catalog, formats, compiler, clock, threads);
        this.rights = settings.rights();
        this.planner = new CalciteSqlPlanner(catalog);
        ErrorStream errors = openErrorStream();
        FunctionJars jars = new FunctionJars(directory.resolve("functions"), disk);
        ExpressionEngine expressions = new CompiledExpressions(compiler, jars);
        this.files = new ExternalFiles(formats, expressions, compiler, clock);
        Path spill = directory.resolve("spill");
        Workspace workspace = new Workspace(
                settings.queryMemoryBytes(), EngineSettings.SHARE_BYTES, spill, settings.spillLimitBytes());
        Workspace stateSpace = new Workspace(
                settings.stateMemoryBytes(),
                EngineSettings.SHARE_BYTES,
                spill,
                settings.spillLimitBytes(),
                "state-memory");
        workspace.clean();
        this.queries = new Queries(
                catalog,
                streams,
                tables,
                viewLogs,
                watched,
                errors,
                expressions,
                files,
                relations,
                clock,
                workspace,
                BESIDE,
                stateSpace,
                threads.workers());
        this.fileCopy = new FileCopy(
                catalog, streams, formats, relations, errors, expressions, compiler, settings.rights(), clock);
        this.writer = new TableWriter(queries, tables);
        DeliveryOpener opener = new DeliveryOpener(
                streams, formats, errors, new DeliveryFunctions(catalog, jars).threaded(), clock, new Random());
        DeliveryQueries deliveryQueries = new DeliveryQueries(streams, queries, deliveryLogs);
        StateDirectories directories = new StateDirectories(directory.resolve("state"), disk);
        HostedTasks tasks = new HostedTasks(clock);
        ReadLogs logs = new ReadLogs(catalog, streams, tables, viewLogs, watched, deliveryLogs);
        ReaderHolds holds = new ReaderHolds(logs, viewLogs);
        this.running = new Running(
                tasks,
                directories,
                holds,
                new RunningPumps(tasks, directories, holds, logs, streams, queries),
                new RunningViews(tasks, directories, holds, viewLogs, logs, queries),
                new RunningDeliveries(tasks, directories, holds, logs, queries, opener, deliveryQueries),
                new RunningTables(tasks, directories, watched, fileCopy));
        CatalogEntries entries = new CatalogEntries(new CatalogFile(directory, disk), clock);
        this.definitions = new Definitions(
                catalog,
                entries,
                streams,
                new StreamLogs(store),
                tables,
                running,
                new UserFunctions(jars, settings.rights()),
                planner);
        this.deliveries = new EngineDeliveries(catalog, definitions);
        this.listings = new Listings(catalog, streams, tables, running, logs, clock);
        this.explanations = new Explanations(catalog, running, queries);
        streams.changedBy(this::createRaw, this::drop);
        definitions.settle();
        restore(entries.all());
    }

    /**
     * Opens a data directory, made where it is missing, and starts what runs by itself.
     *
     * <p>What is damaged of a stream is told by {@code SHOW STREAMS} and to whoever reads or writes it.
     *
     * @throws MillraceException {@code IN_USE} where another process has it, {@code DATA_CORRUPTED} where the catalog
     *     is damaged, {@code IO_ERROR} where it cannot be read or written
     */
    public static Engine open(Path directory) {
        return open(directory, InstantSource.system());
    }

    /** Opens a data directory with another clock; otherwise as {@link #open(Path)}. */
    public static Engine open(Path directory, InstantSource clock) {
        return open(directory, clock, new LocalDisk());
    }

    /** Opens a data directory with other settings than the usual; otherwise as {@link #open(Path)}. */
    public static Engine open(Path directory, EngineSettings settings) {
        return open(directory, InstantSource.system(), new LocalDisk(), settings);
    }

    /** Opens a data directory whose log and catalog lie on a given disk; otherwise as {@link #open(Path)}. */
    static Engine open(Path directory, InstantSource clock, Disk disk) {
        return open(directory, clock, disk, EngineSettings.DEFAULT);
    }

    private static Engine open(Path directory, InstantSource clock, Disk disk, EngineSettings settings) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw DiskErrors.of(e, "create data directory", directory);
        }
        LogStore store = LogStore.open(directory.resolve("log"), LogSettings.DEFAULT, clock, disk);
        WorkThreads threads = new WorkThreads(settings.decodeThreads(), settings.workers());
        try {
            return new Engine(directory, store, clock, disk, settings, threads);
        } catch (RuntimeException e) {
            threads.close();
            store.close();
            throw e;
        }
    }

    private ErrorStream openErrorStream() {
        if (!store.has(ErrorStream.NAME)) {
            store.create(ErrorStream.NAME, StreamSettings.ofShards(1));
        }
        catalog.streams.put(ErrorStream.NAME, ErrorStream.DEFINITION);
        return new ErrorStream(() -> store.stream(ErrorStream.NAME), clock);
    }

    private void restore(List<CatalogEntry> entries) {
        new CatalogRestore(planner, definitions).restore(entries);
        deliveryLogs.keepOnly(of(ObjectKind.DELIVERY, entries));
        viewLogs.keepOnly(of(ObjectKind.VIEW, entries));
        watched.keepOnly(of(ObjectKind.EXTERNAL_TABLE, entries));
        adoptLogsWithoutDeclaration();
        definitions.startAll();
    }

    private static List<CatalogEntry> of(ObjectKind kind, List<CatalogEntry> entries) {
        return entries.stream().filter(entry -> entry.kind() == kind).toList();
    }

    /** A log that no catalog entry names is shown as a stream of raw records: nothing stored is out of reach. */
    private void adoptLogsWithoutDeclaration() {
        for (String name : store.names()) {
            if (catalog.streams.exact(name) == null && !ReadLogs.reserved(name)) {
                definitions
                        .streams()
                        .adopt(raw(name, store.stream(name).shards().size()));
            }
        }
    }

    private void createRaw(String name, int shards, boolean onDemand) {
        definitions.streams().createRaw(raw(name, shards), onDemand);
    }

    private static StreamDefinition raw(String name, int shards) {
        return new StreamDefinition(
                name,
                RowType.of(Field.nullable("data", DataType.VARCHAR)),
                new Rowtime.Arrival(),
                new Options(Map.of("format", "lines", "shards", String.valueOf(shards))));
    }

    private void drop(String stream) {
        definitions.drop(new Statement.Drop(ObjectKind.STREAM, stream, false));
    }

    @Override
    public SqlSession open(String user, String applicationName) {
        return new EngineSession(this, user);
    }

    /** Returns the streams, for doors that deal in records. */
    public StreamService streams() {
        return streams;
    }

    /** Returns the deliveries, for doors that deal in records. */
    public DeliveryService deliveries() {
        return deliveries;
    }

    /**
     * Opens a pump whose rows go where the caller wants them, for programs that have an engine in them. It is no object of
     * the catalog: the caller takes its steps and closes it, and streams keep nothing for its sake.
     *
     * @param name what errors call it
     * @param query a {@code SELECT STREAM}
     * @param sink belongs to the pump from now on
     * @param directory holds its state; made where it is missing
     * @throws MillraceException as planning the query and {@link Pump#open} do
     */
    public Pump pump(String name, String query, Sink sink, Path directory, PumpSettings settings) {
        if (!(planner.plan(query, List.of()).statement() instanceof Statement.Query select)) {
            throw new MillraceException(
                    ErrorCode.INVALID_STATEMENT,
                    "'" + name + "' is to run a statement that is no query",
                    "write SELECT STREAM");
        }
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw DiskErrors.of(e, "create", directory);
        }
        return Pump.open(name, select.plan(), queries.environmentOf(name, "pump " + name), sink, directory, settings);
    }

    /** Drops what is older than its stream's retention and read by all who wait for it. Also happens by itself. */
    public void trim() {
        store.trim();
    }

    InstantSource clock() {
        return clock;
    }

    ExternalTables externalTables() {
        return new ExternalTables(files, relations, rights);
    }

    /** Returns a planner for the statements of a user. */
    SqlPlanner planner(String user) {
        return new CalciteSqlPlanner(new SessionCatalog(catalog, files, relations, rights, user));
    }

    Queries queries() {
        return queries;
    }

    TableWriter writer() {
        return writer;
    }

    Definitions definitions() {
        return definitions;
    }

    FileCopy fileCopy() {
        return fileCopy;
    }

    Explanations explanations() {
        return explanations;
    }

    Listings listings() {
        return listings;
    }

    /** Ends what runs, after the steps it is at, and closes the directory. */
    @Override
    public void close() {
        running.close();
        threads.close();
        store.close();
    }
}
