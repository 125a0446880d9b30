package io.millrace.server.engine;

import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.json.PlanJson;
import io.millrace.runtime.Environment;
import io.millrace.runtime.RejectedRows;
import io.millrace.runtime.SourceResolver;
import io.millrace.runtime.StartPosition;
import io.millrace.runtime.Workers;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.operator.LaneReport;
import io.millrace.runtime.operator.PlannedLanes;
import io.millrace.runtime.query.RunningQuery;
import io.millrace.runtime.query.Stateless;
import io.millrace.runtime.spill.Workspace;
import io.millrace.runtime.state.RowCopy;
import io.millrace.runtime.table.TableVersion;
import io.millrace.runtime.view.SnapshotSource;
import io.millrace.runtime.view.ViewTask;
import io.millrace.server.file.ExternalFiles;
import io.millrace.server.relation.ExternalRelations;
import io.millrace.server.session.BulkInsert;
import io.millrace.server.table.Tables;
import io.millrace.spi.connector.Source;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.catalog.TableDefinition;
import io.millrace.sql.catalog.TableDefinition.DefaultValue;
import io.millrace.sql.statement.Statement;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Opens what plans read and runs queries. Safe for use by several threads. */
final class Queries {

    private final LiveCatalog catalog;
    private final EngineStreams streams;
    private final Tables tables;
    private final ViewLogs viewLogs;
    private final WatchedTables watched;
    private final ErrorStream errors;
    private final ExpressionEngine expressions;
    private final ExternalFiles files;
    private final ExternalRelations relations;
    private final InstantSource clock;
    private final Workspace workspace;
    private final Executor beside;
    private final Workspace stateSpace;
    private final Workers workers;
    private final AtomicLong inserts = new AtomicLong();
    private final AtomicLong readers = new AtomicLong();
    private Function<String, @Nullable ViewTask> views = name -> null;
    private FailingViews failing;

    Queries(
            LiveCatalog catalog,
            EngineStreams streams,
            Tables tables,
            ViewLogs viewLogs,
            WatchedTables watched,
            ErrorStream errors,
            ExpressionEngine expressions,
            ExternalFiles files,
            ExternalRelations relations,
            InstantSource clock,
            Workspace workspace,
            Executor beside,
            Workspace stateSpace,
            Workers workers) {
        this.catalog = catalog;
        this.streams = streams;
        this.tables = tables;
        this.viewLogs = viewLogs;
        this.watched = watched;
        this.errors = errors;
        this.expressions = expressions;
        this.files = files;
        this.relations = relations;
        this.clock = clock;
        this.workspace = workspace;
        this.beside = beside;
        this.stateSpace = stateSpace;
        this.workers = workers;
        this.failing = new FailingViews(catalog, views, name -> null);
    }

    /**
     * Says where running views are found, once they run.
     *
     * @param failures says why the view of a name failed last, null where it runs
     */
    void viewsFrom(Function<String, @Nullable ViewTask> running, Function<String, @Nullable String> failures) {
        views = running;
        failing = new FailingViews(catalog, running, failures);
    }

    private Environment environment(
            SourceResolver sources, RejectedRows rejected, List<@Nullable Object> parameters, ZoneId zone) {
        return new Environment(
                expressions, sources, clock, rejected, parameters, zone, workspace, beside, stateSpace, workers);
    }

    /** Returns what opens the scans of something that goes on. */
    private SourceResolver following() {
        return new ScanSources(
                scan -> source(scan, true),
                tables,
                true,
                Map.of(),
                Map.of(),
                new ExternalScans(catalog, files, relations, Map.of(), Map.of()));
    }

    /** Returns what opens the scans of a plan that ends, which sees some tables in these versions. */
    private SourceResolver ending(
            Plan plan, List<? extends @Nullable Object> parameters, ZoneId zone, Map<String, TableVersion> known) {
        return ending(plan, parameters, zone, known, externalScans(plan, parameters, zone));
    }

    private SourceResolver ending(
            Plan plan,
            List<? extends @Nullable Object> parameters,
            ZoneId zone,
            Map<String, TableVersion> known,
            ExternalScans external) {
        Map<String, RowBatch> keys = WantedKeys.of(plan, catalog, constants(parameters, zone));
        return new ScanSources(scan -> source(scan, false), tables, false, known, keys, external);
    }

    private ExternalScans externalScans(Plan plan, List<? extends @Nullable Object> parameters, ZoneId zone) {
        Predicate<PlanNode.Scan> external = scan -> ExternalScans.isExternal(scan, catalog);
        Function<Plan, RowBatch> constants = constants(parameters, zone);
        return new ExternalScans(
                catalog,
                files,
                relations,
                ScanBounds.of(plan, external, constants),
                ScanConditions.of(plan, external, constants));
    }

    /** Returns what there is to say of the nodes of a plan but what they are. */
    Function<PlanNode, List<String>> details(Plan plan, List<? extends @Nullable Object> parameters, ZoneId zone) {
        ExternalScans external = externalScans(plan, List.of(), zone);
        Function<PlanNode, List<String>> lanes = lanes(plan, parameters);
        return node -> Stream.concat(external.describe(node).stream(), lanes.apply(node).stream())
                .toList();
    }

    /** Returns what there is to say of how the rows of nodes go by lanes. */
    Function<PlanNode, List<String>> lanes(Plan plan, List<? extends @Nullable Object> parameters) {
        Map<String, LaneReport> lanes = PlannedLanes.of(plan, expressions.functions(), parameters);
        return node -> {
            LaneReport report = lanes.get(node.id());
            return report == null ? List.of() : List.of(LaneText.of(node, report));
        };
    }

    /** Returns what computes a plan without scans. */
    private Function<Plan, RowBatch> constants(List<? extends @Nullable Object> parameters, ZoneId zone) {
        return plan -> rows(plan, answering(scan -> source(scan, false), parameters, zone));
    }

    /** Returns what something that runs by itself takes from outside; see {@link ErrorStream#of}. */
    Environment environmentOf(String name, String producer) {
        return environment(following(), errors.of(name, producer), List.of(), ZoneOffset.UTC);
    }

    private Source source(PlanNode.Scan scan, boolean endless) {
        StreamDefinition stream = catalog.stream(scan.stream());
        if (stream != null) {
            return streams.source(stream, scan.rowType());
        }
        StreamDefinition files = watched.find(scan.stream());
        if (files != null) {
            return streams.source(files, scan.rowType());
        }
        ViewLog log = viewLogs.find(scan.stream());
        if (log == null) {
            throw new MillraceException(ErrorCode.UNDEFINED_NAME, "there is no stream '" + scan.stream() + "'");
        }
        return endless
                ? new ViewChanges(log, scan.rowType(), () -> running(log.view()), "reader " + readers.incrementAndGet())
                : running(log.view()).source(scan.rowType());
    }

    private ViewTask running(String view) {
        ViewTask task = views.apply(view);
        if (task == null) {
            throw new MillraceException(
                    ErrorCode.WRONG_STATE, "view '" + view + "' is not running at the moment", "SHOW VIEWS tells why");
        }
        return task;
    }

    QueryCursor open(Plan plan, List<@Nullable Object> parameters, SessionSettings settings, Runnable onClose) {
        ViewChange.refuseChanging(catalog, plan);
        RejectedRows rejected = (step, entries) -> errors.write("", entries);
        ExternalScans external = externalScans(plan, parameters, settings.zone());
        SourceResolver sources =
                plan.endless() ? following() : ending(plan, parameters, settings.zone(), Map.of(), external);
        Environment environment = environment(sources, rejected, parameters, settings.zone());
        String from = settings.takeResumeFrom();
        boolean resumable = plan.endless() && (settings.resumePoints() || from != null);
        String identity = resumable ? identity(plan) : null;
        ReadStreams read = new ReadStreams(streams, viewLogs, watched, catalog, plan.root());
        // Asked before the views are read: their rows are of these steps or later ones.
        List<String> notices = plan.endless() ? List.of() : failing.readBy(plan);
        RunningQuery query = identity != null && from != null
                ? RunningQuery.resume(plan, environment, ResumeToken.read(identity, from))
                : RunningQuery.open(plan, environment, settings.streamStart());
        return new QueryCursor(query, plan.endless(), read, clock, onClose, identity, external::report, notices);
    }

    /** Returns what tells a query whose answer can be gone on with from others: its plan, and since when its streams exist. */
    private String identity(Plan plan) {
        Stateless.check(plan);
        StringBuilder identity = new StringBuilder(PlanJson.write(plan));
        addStreams(plan.root(), identity);
        return identity.toString();
    }

    private void addStreams(PlanNode node, StringBuilder identity) {
        if (node instanceof PlanNode.Scan scan) {
            if (catalog.stream(scan.stream()) == null) {
                // Positions outlive a query in streams alone: a view gives its changes as they come.
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED,
                        "an answer over '" + scan.stream() + "' cannot be resumed: it is no stream",
                        "have a pump write what you need into a stream, or connect without resume");
            }
            identity.append(streams.created(scan.stream()));
        }
        node.inputs().forEach(input -> addStreams(input, identity));
    }

    /** Carries out an INSERT; returns when its rows are durable. */
    String insert(Statement.Insert insert, List<? extends @Nullable Object> parameters, ZoneId zone) {
        StreamDefinition target = catalog.stream(insert.target());
        if (target == null) {
            throw new MillraceException(ErrorCode.UNDEFINED_NAME, "there is no stream '" + insert.target() + "'");
        }
        StreamSink sink = new StreamSink(
                streams.log(target.name()),
                target,
                streams.bounds(target.name()),
                null,
                insert.plan().rowType(),
                insert.targetColumns(),
                insert.plan().rowtimeColumn());
        Environment environment = answering(ending(insert.plan(), parameters, zone, Map.of()), parameters, zone);
        long rows = 0;
        // Where rows have no partition key, each INSERT goes on with the next shard.
        long turn = inserts.getAndIncrement();
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        try (RunningQuery query = RunningQuery.open(insert.plan(), environment, StartPosition.EARLIEST)) {
            while (!query.finished()) {
                RowBatch batch = query.next();
                if (batch != null) {
                    writes.add(sink.write(turn + writes.size(), batch, LogBatch.NO_BOUND));
                    rows += batch.selectedCount();
                }
            }
            CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof MillraceException failure ? failure : e;
        }
        return "INSERT 0 " + rows;
    }

    private Environment answering(SourceResolver sources, List<? extends @Nullable Object> parameters, ZoneId zone) {
        return environment(
                sources, (step, entries) -> failOn(entries.getFirst().reason()), new ArrayList<>(parameters), zone);
    }

    /**
     * Returns all rows of a query that ends.
     *
     * @param known tables that it sees in these versions, and not as they are stored
     */
    RowBatch rows(
            Plan plan, List<? extends @Nullable Object> parameters, ZoneId zone, Map<String, TableVersion> known) {
        return rows(plan, answering(ending(plan, parameters, zone, known), parameters, zone));
    }

    /** Returns all rows of a query over one table, with these in the place of the table's. */
    RowBatch rowsOver(Plan plan, List<? extends @Nullable Object> parameters, ZoneId zone, RowBatch over) {
        return rows(plan, answering(scan -> new SnapshotSource(over, scan.rowType()), parameters, zone));
    }

    private static RowBatch rows(Plan plan, Environment environment) {
        RowBatch all = RowBatch.create(plan.rowType(), 0);
        try (RunningQuery query = RunningQuery.open(plan, environment, StartPosition.EARLIEST)) {
            while (!query.finished()) {
                RowBatch batch = query.next();
                if (batch != null) {
                    RowCopy.append(all, batch);
                }
            }
        }
        return all;
    }

    /** Opens a way for many rows; see {@link io.millrace.server.session.SqlSession#bulkInsert}. */
    BulkInsert bulkInsert(String name, List<String> columns) {
        TableDefinition table = catalog.table(name);
        return table == null ? streamInsert(name, columns) : tableInsert(table, columns);
    }

    private TableBulkInsert tableInsert(TableDefinition table, List<String> columns) {
        RowType row = table.columns();
        List<Integer> places = BulkColumns.places(
                "table '" + table.name() + "'",
                row,
                columns,
                i -> row.field(i).nullable() || table.defaults().containsKey(i));
        List<Expression> values = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            DefaultValue value = table.defaults().get(i);
            values.add(value == null ? new Expression.Literal(null, row.field(i).type()) : value.value());
        }
        Plan defaults = new Plan(new PlanNode.Values("defaults", row, List.of(values)), false, -1);
        return new TableBulkInsert(
                table, tables.table(table.name()), places, rows(defaults, List.of(), ZoneOffset.UTC, Map.of()));
    }

    private StreamBulkInsert streamInsert(String stream, List<String> columns) {
        StreamDefinition target = catalog.stream(stream);
        if (target == null) {
            throw catalog.view(stream) == null
                    ? new MillraceException(ErrorCode.UNDEFINED_NAME, "there is no stream '" + stream + "'")
                    : new MillraceException(
                            ErrorCode.INVALID_STATEMENT,
                            "'" + stream + "' is a materialized view",
                            "copy into a stream that the view reads");
        }
        return new StreamBulkInsert(
                target, streams.log(target.name()), streams.bounds(target.name()), columns, inserts.getAndIncrement());
    }

    /** An INSERT has somebody who waits for its answer: a row that cannot be computed is that answer. */
    private static CompletableFuture<Void> failOn(String reason) {
        throw new MillraceException(ErrorCode.INVALID_VALUE, reason);
    }
}
