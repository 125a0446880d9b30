package io.millrace.server.engine;

import io.millrace.delivery.DeliveryOptions;
import io.millrace.delivery.transform.Transformation;
import io.millrace.server.engine.JointDeliveries.Exchanged;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.sql.CreateText;
import io.millrace.sql.catalog.DeliveredQuery;
import io.millrace.sql.catalog.DeliveryDefinition;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.statement.Statement;
import io.millrace.sql.statement.Statement.ObjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Carries out what creates and changes deliveries. Destinations are asked first, and other statements do not wait for it. */
final class DeliveryDefinitions {

    private final LiveCatalog catalog;
    private final CatalogEntries entries;
    private final CatalogRecord record;
    private final Running running;

    DeliveryDefinitions(LiveCatalog catalog, CatalogEntries entries, CatalogRecord record, Running running) {
        this.catalog = catalog;
        this.entries = entries;
        this.record = record;
        this.running = running;
    }

    /**
     * Creates a delivery, or has one go on with another query; what becomes of its state is added to the notices. The
     * destination is asked whether it can be; other statements do not wait for it.
     */
    String create(Statement.CreateDelivery statement, List<String> notices) {
        DeliveryDefinition delivery = statement.delivery();
        if (record.alone(() -> suffices(statement))) {
            return "CREATE DELIVERY";
        }
        StreamDefinition source = source(delivery);
        running.deliveries().check(delivery);
        record.alone(() -> create(statement, source, notices));
        if (DeliveryOptions.from(delivery.options()).startsAtLatest()) {
            // What is put in from now on is later than the place where it starts.
            running.awaitOpened(ObjectKind.DELIVERY, delivery.name());
        }
        return "CREATE DELIVERY";
    }

    /** Returns whether what is there will do; fails where it may not be replaced, or something is missing. */
    private boolean suffices(Statement.CreateDelivery statement) {
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
    private void create(Statement.CreateDelivery statement, @Nullable StreamDefinition checked, List<String> notices) {
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
        if (before != null) {
            notices.add(
                    "delivery '" + before.name() + "' starts anew, and delivers again what is retained; ALTER DELIVERY "
                            + before.name() + " SET (option = value) has it go on with other options");
        }
        CatalogEntry entry = record.put(
                ObjectKind.DELIVERY,
                before == null ? null : before.name(),
                delivery.name(),
                true,
                CreateText.of(delivery));
        catalog.deliveries.put(delivery.name(), delivery);
        running.deliveries().exists(delivery, entry);
        running.deliveries().start(delivery, entry);
    }

    /** The delivery and the pump inside keep their state, their place and what they have not delivered yet. */
    private void replace(DeliveryDefinition before, DeliveryDefinition after, List<String> notices) {
        record.settle();
        CatalogEntry entry = entries.require(ObjectKind.DELIVERY, before.name());
        running.stop(ObjectKind.DELIVERY, before.name());
        DeliveryDefinition current = before;
        try {
            notices.addAll(PumpChange.notices(running.deliveries().replacement(before, after, entry)));
            entries.replace(ObjectKind.DELIVERY, before.name(), CreateText.of(after));
            catalog.deliveries.put(before.name(), after);
            current = after;
            running.deliveries().exchange(before, after, entry);
        } finally {
            running.deliveries().start(current, entries.require(ObjectKind.DELIVERY, before.name()));
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
    void alter(Exchanged exchanged) {
        running.deliveries().check(exchanged.after());
        record.alone(() -> exchange(exchanged));
    }

    private void exchange(Exchanged exchanged) {
        refuseUnfit(exchanged);
        DeliveryDefinition after = exchanged.after();
        running.stop(ObjectKind.DELIVERY, after.name());
        DeliveryDefinition kept = exchanged.seen();
        try {
            entries.replace(ObjectKind.DELIVERY, after.name(), CreateText.of(after));
            catalog.deliveries.put(after.name(), after);
            kept = after;
        } finally {
            running.deliveries().start(kept, entries.require(ObjectKind.DELIVERY, after.name()));
        }
    }

    /** Makes several changes of deliveries of streams, all of them or none. Their destinations are asked first. */
    void change(JointDeliveries change) {
        record.alone(() -> refuseUnfit(change));
        change.wanted().forEach(running.deliveries()::check);
        record.alone(() -> changeAlone(change));
        for (DeliveryDefinition created : change.created()) {
            if (DeliveryOptions.from(created.options()).startsAtLatest()) {
                running.awaitOpened(ObjectKind.DELIVERY, created.name());
            }
        }
    }

    private void refuseUnfit(JointDeliveries change) {
        change.created().forEach(created -> suffices(new Statement.CreateDelivery(created, false, false)));
        change.exchanged().forEach(this::refuseUnfit);
        change.deleted().forEach(this::require);
    }

    /** Of two that change the same delivery at the same moment one comes second, and has not seen what it would undo. */
    private void refuseUnfit(Exchanged exchanged) {
        String name = exchanged.after().name();
        if (!require(name).equals(exchanged.seen())) {
            throw changedMeanwhile(name);
        }
        refuseChanged(exchanged.after(), true);
    }

    static MillraceException changedMeanwhile(String delivery) {
        return new MillraceException(
                ErrorCode.WRONG_STATE,
                "delivery '" + delivery + "' was changed by somebody else meanwhile",
                "look at what it is now, and change that");
    }

    private DeliveryDefinition require(String name) {
        DeliveryDefinition there = catalog.deliveries.exact(name);
        if (there == null) {
            throw CatalogNames.missing("delivery", name);
        }
        return there;
    }

    /**
     * What is new is announced first and then given its place; a single write of the catalog has it there, the others
     * changed and the rest about to be deleted. Whoever finds the catalog before that write takes back what is announced.
     */
    private void changeAlone(JointDeliveries change) {
        record.settle();
        refuseUnfit(change);
        change.running().forEach(name -> running.stop(ObjectKind.DELIVERY, name));
        List<CatalogEntry> dropped;
        try {
            dropped = entries.changeTogether(announced(change), change.altered(), change.deleted());
        } catch (RuntimeException e) {
            record.settle();
            change.running().forEach(this::start);
            throw e;
        }
        change.wanted().forEach(after -> catalog.deliveries.put(after.name(), after));
        change.created().forEach(created -> running.deliveries().exists(created, entry(created.name())));
        change.wanted().forEach(after -> start(after.name()));
        dropped.forEach(record::end);
    }

    private List<CatalogEntry> announced(JointDeliveries change) {
        Map<String, Long> from =
                change.leading() == null ? Map.of() : running.deliveries().storedPositions(entry(change.leading()));
        List<CatalogEntry> announced = new ArrayList<>();
        for (DeliveryDefinition created : change.created()) {
            CatalogEntry entry = entries.beginCreate(ObjectKind.DELIVERY, created.name(), CreateText.of(created));
            running.deliveries().begin(entry, from);
            announced.add(entry);
        }
        return announced;
    }

    private CatalogEntry entry(String delivery) {
        return entries.require(ObjectKind.DELIVERY, delivery);
    }

    private void start(String delivery) {
        running.deliveries().start(require(delivery), entry(delivery));
    }

    /** Has a delivery of a query that is there go on with another; what becomes of its state is added to the notices. */
    String alter(Statement.AlterDeliveryQuery statement, List<String> notices) {
        return record.alone(() -> alterAlone(statement, notices));
    }

    /** Has a delivery that is there go on with other options. */
    String alter(Statement.AlterDeliveryOptions statement) {
        DeliveryDefinition before = record.alone(() -> catalog.delivery(statement.name()));
        if (before == null) {
            throw CatalogNames.missing("delivery", statement.name());
        }
        alter(new Exchanged(before, DeliveryChange.withOptions(before, statement.set(), statement.reset())));
        return "ALTER DELIVERY";
    }

    private String alterAlone(Statement.AlterDeliveryQuery statement, List<String> notices) {
        DeliveryDefinition before = catalog.delivery(statement.name());
        if (before == null) {
            throw CatalogNames.missing("delivery", statement.name());
        }
        refuseChanging(statement.query());
        replace(before, DeliveryChange.renewed(before, statement.query()), notices);
        return "ALTER DELIVERY";
    }
}
