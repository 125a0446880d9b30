package io.millrace.server.engine;

import io.millrace.sql.statement.Statement.ObjectKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The entries of the catalog, in order of creation, in memory and on disk. Used under the lock of its owner. */
final class CatalogEntries {

    private final CatalogFile file;
    private final InstantSource clock;
    private List<CatalogEntry> entries;
    private Instant newest = Instant.EPOCH;

    CatalogEntries(CatalogFile file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
        this.entries = file.read();
    }

    List<CatalogEntry> all() {
        return List.copyOf(entries);
    }

    /** Adds an entry; it is on disk when this returns. */
    CatalogEntry add(ObjectKind kind, String name, String sql, boolean running) {
        CatalogEntry entry = new CatalogEntry(kind, name, sql, nextCreated(), running);
        List<CatalogEntry> changed = new ArrayList<>(entries);
        changed.add(entry);
        store(changed);
        return entry;
    }

    /** No two are created in the same millisecond: the time tells something from its forerunner of the same name. */
    private Instant nextCreated() {
        Instant now = clock.instant();
        Instant next = newest.plusMillis(1);
        newest = now.isBefore(next) ? next : now;
        return newest;
    }

    void replace(ObjectKind kind, String name, String sql) {
        change(kind, name, entry -> new CatalogEntry(kind, name, sql, entry.created(), entry.running()));
    }

    CatalogEntry setRunning(ObjectKind kind, String name, boolean running) {
        return change(kind, name, entry -> entry.running(running));
    }

    CatalogEntry remove(ObjectKind kind, String name) {
        CatalogEntry entry = find(kind, name);
        List<CatalogEntry> changed = new ArrayList<>(entries);
        changed.remove(entry);
        store(changed);
        return entry;
    }

    private CatalogEntry change(ObjectKind kind, String name, UnaryOperator<CatalogEntry> change) {
        CatalogEntry before = find(kind, name);
        CatalogEntry after = change.apply(before);
        List<CatalogEntry> changed = new ArrayList<>(entries);
        changed.set(changed.indexOf(before), after);
        store(changed);
        return after;
    }

    private CatalogEntry find(ObjectKind kind, String name) {
        return entries.stream()
                .filter(entry -> entry.kind() == kind && entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the catalog has no " + kind + " " + name));
    }

    private void store(List<CatalogEntry> changed) {
        file.write(changed);
        entries = changed;
    }
}
