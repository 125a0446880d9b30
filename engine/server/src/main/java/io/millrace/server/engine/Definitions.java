package io.millrace.server.engine;

import io.millrace.delivery.DeliveryOptions;
import io.millrace.delivery.transform.Transformation;
import io.millrace.server.engine.CatalogEntry.Change;
import io.millrace.server.table.Tables;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.sql.CreateText;
import io.millrace.sql.SqlPlanner;
import io.millrace.sql.catalog.DeliveredQuery;
import io.millrace.sql.catalog.DeliveryDefinition;
import io.millrace.sql.catalog.ExternalTable;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.catalog.PumpDefinition;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.catalog.TableDefinition;
import io.millrace.sql.catalog.ViewDefinition;
import io.millrace.sql.statement.Statement;
import io.millrace.sql.statement.Statement.ObjectKind;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what creates, changes and drops things: the catalog on disk, the catalog in memory, and what runs
 * change together. One statement at a time, but for what another system is asked before.
 */
final class Definitions {

    private static final Logger LOG = Logger.getLogger(Definitions.class.getName());

    private final LiveCatalog catalog;
    private final CatalogEntries entries;
    private final EngineStreams streams;
    private final StreamLogs logs;
    private final Tables tables;
    private final Running running;
    private final UserFunctions functions;
    private final CatalogNames names;
    private final CatalogUses uses;

    Definitions(
            LiveCatalog catalog,
            CatalogEntries entries,
            EngineStreams streams,
            StreamLogs logs,
            Tables tables,
            Running running,
            UserFunctions functions,
            SqlPlanner planner) {
        this.catalog = catalog;
        this.entries = entries;
        this.streams = streams;
        this.logs = logs;
        this.tables = tables;
        this.running = running;
        this.functions = functions;
        this.names = new CatalogNames(catalog);
        this.uses = new CatalogUses(catalog, entries, planner);
    }

    synchronized String create(Statement.CreateStream statement) {
        StreamDefinition stream = statement.stream();
        StreamDefinition before = catalog.stream(stream.name());
        if (before == null) {
            names.refuseTaken(stream.name());
            streams.check(stream);
            createWithLog(stream, false);
        } else if (statement.orReplace()) {
            replace(before, stream);
        } else if (!statement.ifNotExists()) {
            throw CatalogNames.taken("stream", before.name(), "use CREATE OR REPLACE STREAM to change its columns");
        }
        return "CREATE STREAM";
    }

    /** The log stays; only what is declared over it changes. */
    private void replace(StreamDefinition before, StreamDefinition stream) {
        StreamDefinition after =
                new StreamDefinition(before.name(), stream.columns(), stream.rowtime(), stream.options());
        if (after.equals(before)) {
            return;
        }
        CatalogNames.refuseBuiltIn(before.name());
        uses.refuseUsed("stream", before.name(), "changed");
        streams.check(after);
        String text = CreateText.of(after);
        if (retention(before).equals(retention(after))) {
            entries.replace(ObjectKind.STREAM, before.name(), text);
        } else {
            alterWithLog(after, text);
        }
        catalog.streams.put(before.name(), after);
    }

    private void alterWithLog(StreamDefinition after, String text) {
        CatalogEntry before = entries.require(ObjectKind.STREAM, after.name());
        CatalogEntry altering = entries.beginAlter(before, text);
        try {
            logs.alter(after);
            entries.finish(altering);
        } catch (RuntimeException e) {
            try {
                entries.takeBack(altering, before);
            } catch (RuntimeException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    private static Duration retention(StreamDefinition stream) {
        return StreamOptions.of(stream.options(), stream.columns()).retention();
    }

    /** Creates a stream that the record API asks for. */
    synchronized void createRaw(StreamDefinition stream, boolean onDemand) {
        if (catalog.streams.exact(stream.name()) != null) {
            throw CatalogNames.taken("stream", stream.name(), null);
        }
        createWithLog(stream, onDemand);
    }

    /** Both are there afterwards, or neither; after a crash as well. */
    private void createWithLog(StreamDefinition stream, boolean onDemand) {
        settle();
        CatalogEntry entry = entries.beginCreate(ObjectKind.STREAM, stream.name(), CreateText.of(stream));
        try {
            logs.create(stream, onDemand);
            entries.finish(entry);
        } catch (RuntimeException e) {
            settleOrLater(entry);
            throw e;
        }
        catalog.streams.put(stream.name(), stream);
    }

    /** Declares a log that is there already. */
    synchronized void adopt(StreamDefinition stream) {
        entries.add(ObjectKind.STREAM, stream.name(), CreateText.of(stream), true);
        catalog.streams.put(stream.name(), stream);
    }

    synchronized String create(Statement.CreateTable statement) {
        TableDefinition table = statement.table();
        TableDefinition before = catalog.table(table.name());
        if (before != null && statement.ifNotExists()) {
            return "CREATE TABLE";
        }
        names.refuseTaken(table.name());
        settle();
        CatalogEntry entry = entries.beginCreate(ObjectKind.TABLE, table.name(), CreateText.of(table));
        try {
            tables.create(table.name(), entry.created(), table.columns(), table.key());
            entries.finish(entry);
        } catch (RuntimeException e) {
            tables.retire(table.name());
            settleOrLater(entry);
            throw e;
        }
        catalog.tables.put(table.name(), table);
        return "CREATE TABLE";
    }

    /** @param define gives what the table is to be, with its columns; other statements do not wait for it */
    String create(Statement.CreateExternalTable statement, UnaryOperator<ExternalTable> define) {
        if (!suffices(statement)) {
            create(statement, define.apply(statement.table()));
        }
        return "CREATE EXTERNAL TABLE";
    }

    /** Returns whether what is there will do; fails where it may not be replaced. */
    private synchronized boolean suffices(Statement.CreateExternalTable statement) {
        ExternalTable before = catalog.externalTable(statement.table().name());
        if (before != null && statement.ifNotExists()) {
            return true;
        }
        if (before != null && !statement.orReplace()) {
            throw CatalogNames.taken("external table", before.name(), "use CREATE OR REPLACE EXTERNAL TABLE");
        }
        if (before == null) {
            names.refuseTaken(statement.table().name());
        }
        return false;
    }

    private synchronized void create(Statement.CreateExternalTable statement, ExternalTable table) {
        if (suffices(statement)) {
            return;
        }
        ExternalTable before = catalog.externalTable(table.name());
        boolean watched = table.watched() || (before != null && before.watched());
        if (before != null && (watched || !before.columns().equals(table.columns()))) {
            uses.refuseUsed("external table", before.name(), watched ? "replaced" : "given other columns");
        }
        String forerunner = before == null ? null : before.name();
        CatalogEntry entry = put(ObjectKind.EXTERNAL_TABLE, forerunner, table.name(), true, CreateText.of(table));
        catalog.externalTables.put(table.name(), table);
        running.exists(table, entry);
        running.start(table, entry);
    }

    /** Creates a pump, or has one go on with another query; what becomes of its state is added to the notices. */
    synchronized String create(Statement.CreatePump statement, List<String> notices) {
        PumpDefinition pump = statement.pump();
        PumpDefinition before = catalog.pump(pump.name());
        if (before != null && statement.ifNotExists()) {
            return "CREATE PUMP";
        }
        if (before != null && !statement.orReplace()) {
            throw CatalogNames.taken("pump", before.name(), "use CREATE OR REPLACE PUMP to change its query");
        }
        ViewChange.refuseChanging(catalog, pump.plan());
        if (before != null && PumpChange.goesOn(before, pump)) {
            replace(before, pump.named(before.name()), notices);
            return "CREATE PUMP";
        }
        CatalogEntry entry = put(
                ObjectKind.PUMP,
                before == null ? null : before.name(),
                pump.name(),
                pump.started(),
                CreateText.of(pump));
        catalog.pumps.put(pump.name(), pump);
        running.exists(pump, entry);
        if (pump.started()) {
            running.start(pump, entry);
        }
        return "CREATE PUMP";
    }

    /**
     * The pump keeps its state, its place and its name as a writer, so that the catalog's one word decides which query it
     * has: whoever opens its state with another query takes over what is the same.
     */
    private void replace(PumpDefinition before, PumpDefinition after, List<String> notices) {
        settle();
        CatalogEntry entry = entries.require(ObjectKind.PUMP, before.name());
        running.stop(ObjectKind.PUMP, before.name());
        PumpDefinition current = before;
        try {
            notices.addAll(PumpChange.notices(running.replacement(before, after, entry)));
            entry = entries.replace(ObjectKind.PUMP, before.name(), CreateText.of(after), after.started());
            catalog.pumps.put(before.name(), after);
            current = after;
            running.exchange(before, after, entry);
        } finally {
            if (entry.running()) {
                running.start(current, entry);
            }
        }
    }

    String create(Statement.CreateView statement) {
        if (begin(statement)) {
            running.awaitOpened(ObjectKind.VIEW, statement.view().name());
        }
        return "CREATE MATERIALIZED VIEW";
    }

    /** Returns whether the view is made, and not there already. */
    private synchronized boolean begin(Statement.CreateView statement) {
        ViewDefinition view = statement.view();
        ViewDefinition before = catalog.view(view.name());
        if (before != null && statement.ifNotExists()) {
            return false;
        }
        if (before != null && !statement.orReplace()) {
            throw CatalogNames.taken("materialized view", before.name(), "use CREATE OR REPLACE MATERIALIZED VIEW");
        }
        ViewChange.refuseChanging(catalog, view.plan());
        if (before != null) {
            ViewDefinition meant = catalog.meantViews.getOrDefault(before.name(), before);
            replace(meant, view.named(before.name()));
            return true;
        }
        names.refuseTaken(view.name());
        CatalogEntry entry = put(ObjectKind.VIEW, null, view.name(), true, CreateText.of(view));
        catalog.views.put(view.name(), view);
        running.exists(view, entry);
        running.start(view, entry);
        return true;
    }

    /**
     * The view keeps its place, so that the catalog's one word decides which query it has: whoever opens its state with
     * another query makes the content anew. Until then the old one is what is read.
     */
    private void replace(ViewDefinition before, ViewDefinition after) {
        ViewChange.refuseCycle(catalog, after);
        boolean sameLog = ViewChange.canBeFollowed(before, after);
        if (!sameLog) {
            uses.refuseUsed("materialized view", before.name(), "changed");
        }
        settle();
        CatalogEntry entry = entries.require(ObjectKind.VIEW, before.name());
        if (!paused(before, entry)) {
            createAnew(before, after);
            return;
        }
        ViewDefinition current = before;
        try {
            entry = entries.replace(ObjectKind.VIEW, before.name(), CreateText.of(after), true);
            catalog.meantViews.put(after.name(), after);
            current = after;
            running.exchange(before, after, entry, sameLog);
        } finally {
            ViewDefinition shown = current;
            running.start(current, entry, () -> catalog.show(shown));
        }
    }

    /** Returns whether the view came to a stop with nothing left to do: one that fails over a row does not. */
    private boolean paused(ViewDefinition view, CatalogEntry entry) {
        try {
            running.pause(view, entry);
            return true;
        } catch (MillraceException e) {
            LOG.log(Level.INFO, "view '" + view.name() + "' is made anew: " + e.describe());
            return false;
        } catch (RuntimeException | Error e) {
            start(view);
            throw e;
        }
    }

    /** Has a view go on that was stopped. */
    private void start(ViewDefinition view) {
        running.start(view, entries.require(ObjectKind.VIEW, view.name()), () -> catalog.show(view));
    }

    private void createAnew(ViewDefinition before, ViewDefinition after) {
        try {
            uses.refuseUsed("materialized view", before.name(), "changed while it fails");
        } catch (MillraceException e) {
            start(before);
            throw e;
        }
        CatalogEntry entry = put(ObjectKind.VIEW, before.name(), after.name(), true, CreateText.of(after));
        catalog.views.put(after.name(), after);
        running.exists(after, entry);
        running.start(after, entry);
    }

    /**
     * Creates a delivery, or has one go on with another query; what becomes of its state is added to the notices. The
     * destination is asked whether it can be; other statements do not wait for it.
     */
    String create(Statement.CreateDelivery statement, List<String> notices) {
        DeliveryDefinition delivery = statement.delivery();
        if (suffices(statement)) {
            return "CREATE DELIVERY";
        }
        StreamDefinition source = source(delivery);
        running.check(delivery);
        create(statement, source, notices);
        if (DeliveryOptions.from(delivery.options()).startsAtLatest()) {
            // What is put in from now on is later than the place where it starts.
            running.awaitOpened(ObjectKind.DELIVERY, delivery.name());
        }
        return "CREATE DELIVERY";
    }

    /** Returns whether what is there will do; fails where it may not be replaced, or something is missing. */
    private synchronized boolean suffices(Statement.CreateDelivery statement) {
        DeliveryDefinition delivery = statement.delivery();
        DeliveryDefinition before = catalog.delivery(delivery.name());
        if (before != null && statement.ifNotExists()) {
            return true;
        }
        if (before != null && !statement.orReplace()) {
            throw CatalogNames.taken("delivery", before.name(), "drop it first, or use CREATE OR REPLACE DELIVERY");
        }
        String source = delivery.source();
        if (source != null && catalog.stream(source) == null) {
            throw new MillraceException(ErrorCode.UNDEFINED_NAME, "there is no stream '" + source + "' to deliver");
        }
        return false;
    }

    /** @param checked the stream as it was when the destination was asked for its columns */
    private synchronized void create(
            Statement.CreateDelivery statement, @Nullable StreamDefinition checked, List<String> notices) {
        if (suffices(statement)) {
            return;
        }
        DeliveryDefinition delivery = statement.delivery();
        refuseChanged(delivery, Objects.equals(source(delivery), checked));
        refuseChanging(delivery.query());
        DeliveryDefinition before = catalog.delivery(delivery.name());
        if (before != null && DeliveryChange.goesOn(before, delivery)) {
            replace(before, delivery.named(before.name()), notices);
            return;
        }
        CatalogEntry entry = put(
                ObjectKind.DELIVERY,
                before == null ? null : before.name(),
                delivery.name(),
                true,
                CreateText.of(delivery));
        catalog.deliveries.put(delivery.name(), delivery);
        running.exists(delivery, entry);
        running.start(delivery, entry);
    }

    /** The delivery and the pump inside keep their state, their place and what they have not delivered yet. */
    private void replace(DeliveryDefinition before, DeliveryDefinition after, List<String> notices) {
        settle();
        CatalogEntry entry = entries.require(ObjectKind.DELIVERY, before.name());
        running.stop(ObjectKind.DELIVERY, before.name());
        DeliveryDefinition current = before;
        try {
            notices.addAll(PumpChange.notices(running.replacement(before, after, entry)));
            entries.replace(ObjectKind.DELIVERY, before.name(), CreateText.of(after));
            catalog.deliveries.put(before.name(), after);
            current = after;
            running.exchange(before, after, entry);
        } finally {
            running.start(current, entries.require(ObjectKind.DELIVERY, before.name()));
        }
    }

    private void refuseChanging(@Nullable DeliveredQuery query) {
        if (query != null) {
            ViewChange.refuseChanging(catalog, query.plan());
        }
    }

    private @Nullable StreamDefinition source(DeliveryDefinition delivery) {
        return delivery.source() == null ? null : catalog.stream(delivery.source());
    }

    /** While the destination was asked, anything could be changed or dropped. */
    private void refuseChanged(DeliveryDefinition delivery, boolean same) {
        boolean function = Transformation.named(delivery.options())
                .map(name -> catalog.function(name) != null)
                .orElse(true);
        if (!same || !function) {
            throw new MillraceException(
                    ErrorCode.WRONG_STATE,
                    "what delivery '" + delivery.name() + "' is made of was changed while its destination was asked",
                    "give the statement again");
        }
    }

    /** Gives a delivery other options; it goes on where it was, or as it was where they cannot be kept. */
    void alter(DeliveryDefinition after) {
        running.check(after);
        exchange(after);
    }

    private synchronized void exchange(DeliveryDefinition after) {
        DeliveryDefinition before = catalog.deliveries.exact(after.name());
        if (before == null) {
            throw CatalogNames.missing("delivery", after.name());
        }
        refuseChanged(after, before.url().equals(after.url()) && Objects.equals(before.source(), after.source()));
        running.stop(ObjectKind.DELIVERY, after.name());
        DeliveryDefinition kept = before;
        try {
            entries.replace(ObjectKind.DELIVERY, after.name(), CreateText.of(after));
            catalog.deliveries.put(after.name(), after);
            kept = after;
        } finally {
            running.start(kept, entries.require(ObjectKind.DELIVERY, after.name()));
        }
    }

    /** Creates a function; one in Java only for those who may. */
    synchronized String create(Statement.CreateFunction statement, String user) {
        String name = statement.source().name();
        FunctionDefinition before = catalog.function(name);
        if (before != null && statement.ifNotExists()) {
            return "CREATE FUNCTION";
        }
        if (before != null && !statement.orReplace()) {
            throw CatalogNames.taken("function", before.name(), "use CREATE OR REPLACE FUNCTION");
        }
        if (before != null) {
            uses.refuseCalled(before.name(), "changed");
        }
        try {
            FunctionDefinition function = functions.define(statement.source(), user);
            put(ObjectKind.FUNCTION, before == null ? null : before.name(), name, true, CreateText.of(function));
            catalog.functions.put(name, function);
        } finally {
            functions.tidy(catalog);
        }
        return "CREATE FUNCTION";
    }

    synchronized String alter(Statement.AlterPump statement) {
        PumpDefinition pump = catalog.pump(statement.name());
        if (pump == null) {
            throw CatalogNames.missing("pump", statement.name());
        }
        CatalogEntry entry = entries.setRunning(ObjectKind.PUMP, pump.name(), statement.start());
        if (statement.start()) {
            running.start(pump, entry);
        } else {
            running.stop(ObjectKind.PUMP, pump.name());
        }
        return "ALTER PUMP";
    }

    /** Has a pump that is there go on with another query; what becomes of its state is added to the notices. */
    synchronized String alter(Statement.AlterPumpQuery statement, List<String> notices) {
        PumpDefinition before = catalog.pump(statement.pump().name());
        if (before == null) {
            throw CatalogNames.missing("pump", statement.pump().name());
        }
        boolean runs = entries.require(ObjectKind.PUMP, before.name()).running();
        create(new Statement.CreatePump(statement.pump().started(runs), true, false), notices);
        return "ALTER PUMP";
    }

    /** Has a delivery of a query that is there go on with another; what becomes of its state is added to the notices. */
    synchronized String alter(Statement.AlterDeliveryQuery statement, List<String> notices) {
        DeliveryDefinition before = catalog.delivery(statement.name());
        if (before == null) {
            throw CatalogNames.missing("delivery", statement.name());
        }
        refuseChanging(statement.query());
        replace(before, DeliveryChange.renewed(before, statement.query()), notices);
        return "ALTER DELIVERY";
    }

    synchronized String drop(Statement.Drop statement) {
        String name = names.exact(statement.kind(), statement.name());
        if (name == null) {
            if (statement.ifExists()) {
                return "DROP " + CatalogNames.word(statement.kind()).toUpperCase(java.util.Locale.ROOT);
            }
            throw CatalogNames.missing(CatalogNames.word(statement.kind()), statement.name());
        }
        if (statement.kind() == ObjectKind.STREAM) {
            CatalogNames.refuseBuiltIn(name);
            uses.refuseUsed("stream", name, "dropped");
        } else if (statement.kind() == ObjectKind.TABLE) {
            uses.refuseUsed("table", name, "dropped");
        } else if (statement.kind() == ObjectKind.EXTERNAL_TABLE) {
            uses.refuseUsed("external table", name, "dropped");
        } else if (statement.kind() == ObjectKind.VIEW) {
            uses.refuseUsed("materialized view", name, "dropped");
        } else if (statement.kind() == ObjectKind.FUNCTION) {
            uses.refuseCalled(name, "dropped");
        }
        drop(statement.kind(), name);
        if (statement.kind() == ObjectKind.FUNCTION) {
            functions.tidy(catalog);
        }
        return "DROP " + CatalogNames.word(statement.kind()).toUpperCase(java.util.Locale.ROOT);
    }

    /** Puts what was created in earlier runs in place again; called once, at the start. */
    synchronized void restore(Statement statement, CatalogEntry entry) {
        switch (statement) {
            case Statement.CreateStream stream -> {
                catalog.streams.put(entry.name(), stream.stream());
                if (entry.change() == Change.ALTERING) {
                    logs.alter(stream.stream());
                    entries.finish(entry);
                }
            }
            case Statement.CreateTable table -> {
                TableDefinition definition = table.table();
                catalog.tables.put(entry.name(), definition);
                tables.open(entry.name(), entry.created(), definition.columns(), definition.key());
            }
            case Statement.CreateExternalTable table -> {
                catalog.externalTables.put(entry.name(), table.table());
                running.exists(table.table(), entry);
            }
            case Statement.CreatePump pump -> {
                catalog.pumps.put(entry.name(), pump.pump());
                running.exists(pump.pump(), entry);
            }
            case Statement.CreateView view -> {
                catalog.views.put(entry.name(), view.view());
                running.exists(view.view(), entry);
            }
            case Statement.CreateFunction function ->
                catalog.functions.put(entry.name(), functions.restore(function.source()));
            case Statement.CreateDelivery delivery -> {
                catalog.deliveries.put(entry.name(), delivery.delivery());
                running.exists(delivery.delivery(), entry);
            }
            default ->
                throw new MillraceException(
                        ErrorCode.DATA_CORRUPTED, "the catalog holds a statement that creates nothing: " + entry.sql());
        }
    }

    /** Starts what is meant to run; called once, when all is restored. */
    synchronized void startAll() {
        functions.tidy(catalog);
        for (CatalogEntry entry : entries.all()) {
            switch (entry.kind()) {
                case PUMP -> {
                    PumpDefinition pump = catalog.pumps.exact(entry.name());
                    if (pump != null && entry.running()) {
                        running.start(pump, entry);
                    }
                }
                case VIEW -> running.start(Objects.requireNonNull(catalog.views.exact(entry.name())), entry);
                case DELIVERY -> running.start(Objects.requireNonNull(catalog.deliveries.exact(entry.name())), entry);
                case EXTERNAL_TABLE ->
                    running.start(Objects.requireNonNull(catalog.externalTables.exact(entry.name())), entry);
                case STREAM, TABLE, FUNCTION -> {}
            }
        }
        entries.all().forEach(entry -> running.awaitOpened(entry.kind(), entry.name()));
    }

    /** Writes down what is created, in the place of its forerunner where there is one, which ends. */
    private CatalogEntry put(ObjectKind kind, @Nullable String forerunner, String name, boolean running, String sql) {
        settle();
        if (forerunner == null) {
            return entries.add(kind, name, sql, running);
        }
        CatalogEntries.Replaced replaced = entries.beginReplace(kind, forerunner, name, sql, running);
        retire(replaced.dropped());
        settleOrLater(replaced.dropped());
        return replaced.created();
    }

    private void drop(ObjectKind kind, String name) {
        settle();
        CatalogEntry entry = entries.beginDrop(kind, name);
        retire(entry);
        settleOrLater(entry);
    }

    /** Ends what belongs to an entry, as far as it is in memory. */
    private void retire(CatalogEntry entry) {
        String name = entry.name();
        running.stop(entry.kind(), name);
        switch (entry.kind()) {
            case STREAM -> catalog.streams.remove(name);
            case TABLE -> {
                catalog.tables.remove(name);
                tables.retire(name);
            }
            case PUMP -> {
                PumpDefinition pump = catalog.pumps.exact(name);
                catalog.pumps.remove(name);
                if (pump != null) {
                    running.pumpIsGone(pump, entry);
                }
            }
            case VIEW -> {
                catalog.views.remove(name);
                catalog.meantViews.remove(name);
                running.viewIsGone(name);
            }
            case DELIVERY -> catalog.deliveries.remove(name);
            case FUNCTION -> catalog.functions.remove(name);
            case EXTERNAL_TABLE -> {
                catalog.externalTables.remove(name);
                running.tableIsGone(name);
            }
        }
        running.letGo(entry);
    }

    /** Takes back what was half created and ends what was half dropped, now and in earlier lives. */
    synchronized void settle() {
        entries.unfinished().stream().filter(entry -> !entry.exists()).forEach(this::settleOrLater);
    }

    /** What cannot be deleted now is dropped all the same: the catalog remembers, and deletes it another time. */
    private void settleOrLater(CatalogEntry entry) {
        try {
            if (entry.kind() == ObjectKind.STREAM) {
                logs.deleteIfThere(entry.name());
            } else if (entry.kind() == ObjectKind.TABLE) {
                tables.delete(entry.name(), entry.created());
            } else {
                running.forget(entry);
            }
            entries.remove(entry);
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "what is left of " + CatalogNames.word(entry.kind()) + " '" + entry.name() + "' stays for now",
                    e);
        }
    }
}
