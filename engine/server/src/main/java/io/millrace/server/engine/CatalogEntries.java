package io.millrace.server.engine;

import io.millrace.server.engine.CatalogEntry.Change;
import io.millrace.sql.CreateText;
import io.millrace.sql.catalog.DeliveryDefinition;
import io.millrace.sql.statement.Statement.ObjectKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The entries of the catalog, in order of creation, in memory and on disk. Each method writes the file once, and
 * changes nothing where that fails. Used under the lock of its owner.
 *
 * <pre>
 *   CREATE STREAM             entry, creating ──► log made ──► entry
 *   DROP                      entry, dropping ──► log or state deleted ──► no entry
 *   deliveries together       entries, creating ──► their places ──► entries, others changed, others dropping
 *   CREATE OR REPLACE PUMP    new entry over the same state, or as a view
 *   CREATE OR REPLACE VIEW    old entry, dropping, and new entry ──► old state deleted ──► new entry
 *   CREATE OR REPLACE STREAM  new entry, altering ──► log's settings changed ──► new entry
 * </pre>
 */
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

    /** Returns what is there. */
    List<CatalogEntry> all() {
        return entries.stream().filter(CatalogEntry::exists).toList();
    }

    /** Returns what was not changed to the end. */
    List<CatalogEntry> unfinished() {
        return entries.stream().filter(entry -> entry.change() != Change.NONE).toList();
    }

    /** Adds an entry that needs nothing but itself; it is on disk when this returns. */
    CatalogEntry add(ObjectKind kind, String name, String sql, boolean running) {
        return add(kind, name, sql, running, Change.NONE);
    }

    /** Announces something that is about to be made. */
    CatalogEntry beginCreate(ObjectKind kind, String name, String sql) {
        return add(kind, name, sql, true, Change.CREATING);
    }

    private CatalogEntry add(ObjectKind kind, String name, String sql, boolean running, Change change) {
        CatalogEntry entry = new CatalogEntry(kind, name, sql, nextCreated(), running, change);
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

    /** Says that a change has been carried to its end. */
    CatalogEntry finish(CatalogEntry entry) {
        return exchange(entry, entry.change(Change.NONE));
    }

    /** Changes what something says of itself. */
    void replace(ObjectKind kind, String name, String sql) {
        CatalogEntry before = require(kind, name);
        exchange(before, before.sql(sql));
    }

    /** Changes what something says of itself, and whether it runs, at once. */
    CatalogEntry replace(ObjectKind kind, String name, String sql, boolean running) {
        CatalogEntry before = require(kind, name);
        return exchange(before, before.sql(sql).running(running));
    }

    /** Changes what something says of itself, and announces that what lies elsewhere is about to follow. */
    CatalogEntry beginAlter(CatalogEntry before, String sql) {
        return exchange(before, before.sql(sql).change(Change.ALTERING));
    }

    /** Puts back what an alteration that failed had been begun from. */
    void takeBack(CatalogEntry altering, CatalogEntry original) {
        exchange(altering, original);
    }

    CatalogEntry setRunning(ObjectKind kind, String name, boolean running) {
        CatalogEntry before = require(kind, name);
        return exchange(before, before.running(running));
    }

    /** Announces that something is about to be deleted: from now on it is not there. */
    CatalogEntry beginDrop(ObjectKind kind, String name) {
        CatalogEntry before = require(kind, name);
        return exchange(before, before.change(Change.DROPPING));
    }

    /** Puts something new in the place of something of its name, which is about to be deleted. */
    Replaced beginReplace(ObjectKind kind, String forerunner, String name, String sql, boolean running) {
        CatalogEntry before = require(kind, forerunner);
        CatalogEntry dropped = before.change(Change.DROPPING);
        CatalogEntry created = new CatalogEntry(kind, name, sql, nextCreated(), running, Change.NONE);
        List<CatalogEntry> changed = new ArrayList<>(entries);
        changed.set(changed.indexOf(before), dropped);
        // What looks rows up in it comes behind it, as it did.
        changed.add(kind == ObjectKind.EXTERNAL_TABLE ? changed.indexOf(dropped) + 1 : changed.size(), created);
        store(changed);
        return new Replaced(dropped, created);
    }

    /** What was there, and what is there now. */
    record Replaced(CatalogEntry dropped, CatalogEntry created) {}

    /**
     * Has what was announced there, has others say something else of themselves, and announces that others are about to be
     * deleted: all at once. Returns the entries of those.
     */
    List<CatalogEntry> changeTogether(
            List<CatalogEntry> announced, List<DeliveryDefinition> altered, List<String> deleted) {
        List<CatalogEntry> changed = new ArrayList<>(entries);
        announced.forEach(entry -> changed.set(changed.indexOf(entry), entry.change(Change.NONE)));
        for (DeliveryDefinition after : altered) {
            CatalogEntry before = require(ObjectKind.DELIVERY, after.name());
            changed.set(changed.indexOf(before), before.sql(CreateText.of(after)));
        }
        List<CatalogEntry> dropped = new ArrayList<>();
        for (String name : deleted) {
            CatalogEntry before = require(ObjectKind.DELIVERY, name);
            dropped.add(before.change(Change.DROPPING));
            changed.set(changed.indexOf(before), dropped.getLast());
        }
        store(changed);
        return dropped;
    }

    /** Forgets an entry. */
    void remove(CatalogEntry entry) {
        List<CatalogEntry> changed = new ArrayList<>(entries);
        changed.remove(entry);
        store(changed);
    }

    private CatalogEntry exchange(CatalogEntry old, CatalogEntry changedTo) {
        List<CatalogEntry> changed = new ArrayList<>(entries);
        changed.set(changed.indexOf(old), changedTo);
        store(changed);
        return changedTo;
    }

    CatalogEntry require(ObjectKind kind, String name) {
        return entries.stream()
                .filter(entry ->
                        entry.exists() && entry.kind() == kind && entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the catalog has no " + kind + " " + name));
    }

    private void store(List<CatalogEntry> changed) {
        file.write(changed);
        entries = changed;
    }
}
