package io.millrace.server.engine;

import io.millrace.sql.CreateText;
import io.millrace.sql.catalog.PumpDefinition;
import io.millrace.sql.statement.Statement;
import io.millrace.sql.statement.Statement.ObjectKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out what creates and changes pumps. */
final class PumpDefinitions {

    private final LiveCatalog catalog;
    private final CatalogEntries entries;
    private final CatalogRecord record;
    private final Running running;

    PumpDefinitions(LiveCatalog catalog, CatalogEntries entries, CatalogRecord record, Running running) {
        this.catalog = catalog;
        this.entries = entries;
        this.record = record;
        this.running = running;
    }

    /** Creates a pump, or has one go on with another query; what becomes of its state is added to the notices. */
    String create(Statement.CreatePump statement, List<String> notices) {
        PumpDefinition before = record.alone(() -> catalog.pump(statement.pump().name()));
        String done = record.alone(() -> createAlone(statement, notices));
        awaitPlaces(before, statement.pump());
        return done;
    }

    /**
     * Waits until a replaced pump has its places in streams that it did not read before: what is put into them once the
     * statement is done is behind these.
     */
    private void awaitPlaces(@Nullable PumpDefinition before, PumpDefinition after) {
        if (before != null && !CatalogUses.streamsOf(before.plan()).containsAll(CatalogUses.streamsOf(after.plan()))) {
            running.awaitOpened(ObjectKind.PUMP, before.name());
        }
    }

    private String createAlone(Statement.CreatePump statement, List<String> notices) {
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
        CatalogEntry entry = record.put(
                ObjectKind.PUMP,
                before == null ? null : before.name(),
                pump.name(),
                pump.started(),
                CreateText.of(pump));
        catalog.pumps.put(pump.name(), pump);
        running.pumps().exists(pump, entry);
        if (pump.started()) {
            running.pumps().start(pump, entry);
        }
        return "CREATE PUMP";
    }

    /**
     * The pump keeps its state, its place and its name as a writer, so that the catalog's one word decides which query it
     * has: whoever opens its state with another query takes over what is the same.
     */
    private void replace(PumpDefinition before, PumpDefinition after, List<String> notices) {
        record.settle();
        CatalogEntry entry = entries.require(ObjectKind.PUMP, before.name());
        running.stop(ObjectKind.PUMP, before.name());
        PumpDefinition current = before;
        try {
            notices.addAll(PumpChange.notices(running.pumps().replacement(before, after, entry)));
            entry = entries.replace(ObjectKind.PUMP, before.name(), CreateText.of(after), after.started());
            catalog.pumps.put(before.name(), after);
            current = after;
            running.pumps().exchange(before, after, entry);
        } finally {
            if (entry.running()) {
                running.pumps().start(current, entry);
            }
        }
    }

    String alter(Statement.AlterPump statement) {
        return record.alone(() -> alterAlone(statement));
    }

    private String alterAlone(Statement.AlterPump statement) {
        PumpDefinition pump = catalog.pump(statement.name());
        if (pump == null) {
            throw CatalogNames.missing("pump", statement.name());
        }
        CatalogEntry entry = entries.setRunning(ObjectKind.PUMP, pump.name(), statement.start());
        if (statement.start()) {
            running.pumps().start(pump, entry);
        } else {
            running.stop(ObjectKind.PUMP, pump.name());
        }
        return "ALTER PUMP";
    }

    /** Has a pump that is there go on with another query; what becomes of its state is added to the notices. */
    String alter(Statement.AlterPumpQuery statement, List<String> notices) {
        PumpDefinition before = record.alone(() -> catalog.pump(statement.pump().name()));
        String done = record.alone(() -> alterAlone(statement, notices));
        awaitPlaces(before, statement.pump());
        return done;
    }

    private String alterAlone(Statement.AlterPumpQuery statement, List<String> notices) {
        PumpDefinition before = catalog.pump(statement.pump().name());
        if (before == null) {
            throw CatalogNames.missing("pump", statement.pump().name());
        }
        boolean runs = entries.require(ObjectKind.PUMP, before.name()).running();
        createAlone(new Statement.CreatePump(statement.pump().started(runs), true, false), notices);
        return "ALTER PUMP";
    }
}
