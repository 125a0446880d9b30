package io.millrace.server.engine;

import io.millrace.sql.CreateText;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.statement.Statement;
import io.millrace.sql.statement.Statement.ObjectKind;
import java.time.Duration;

/** Carries out what creates and changes streams. */
final class StreamDefinitions {

    private final LiveCatalog catalog;
    private final CatalogEntries entries;
    private final CatalogRecord record;
    private final EngineStreams streams;
    private final StreamLogs logs;
    private final CatalogNames names;
    private final CatalogUses uses;

    StreamDefinitions(
            LiveCatalog catalog,
            CatalogEntries entries,
            CatalogRecord record,
            EngineStreams streams,
            StreamLogs logs,
            CatalogNames names,
            CatalogUses uses) {
        this.catalog = catalog;
        this.entries = entries;
        this.record = record;
        this.streams = streams;
        this.logs = logs;
        this.names = names;
        this.uses = uses;
    }

    String create(Statement.CreateStream statement) {
        return record.alone(() -> createAlone(statement));
    }

    private String createAlone(Statement.CreateStream statement) {
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
    void createRaw(StreamDefinition stream, boolean onDemand) {
        record.alone(() -> createRawAlone(stream, onDemand));
    }

    private void createRawAlone(StreamDefinition stream, boolean onDemand) {
        if (catalog.streams.exact(stream.name()) != null) {
            throw CatalogNames.taken("stream", stream.name(), null);
        }
        // Streams of the record API may differ in case alone; queries would not find what has the name of something
        // else.
        names.refuseTakenByOthers(stream.name());
        createWithLog(stream, onDemand);
    }

    /** Both are there afterwards, or neither; after a crash as well. */
    private void createWithLog(StreamDefinition stream, boolean onDemand) {
        record.settle();
        CatalogEntry entry = entries.beginCreate(ObjectKind.STREAM, stream.name(), CreateText.of(stream));
        try {
            logs.create(stream, onDemand);
            entries.finish(entry);
        } catch (RuntimeException e) {
            record.settleOrLater(entry);
            throw e;
        }
        catalog.streams.put(stream.name(), stream);
    }

    /** Declares a log that is there already. */
    void adopt(StreamDefinition stream) {
        record.alone(() -> {
            entries.add(ObjectKind.STREAM, stream.name(), CreateText.of(stream), true);
            catalog.streams.put(stream.name(), stream);
        });
    }
}
