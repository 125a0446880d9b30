package io.millrace.server.engine;

import io.millrace.server.file.WatchOptions;
import io.millrace.spi.log.StreamLog;
import io.millrace.sql.catalog.ExternalTable;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.statement.Statement.ObjectKind;

/** The external tables that are watched for new files, each by a thread. */
final class RunningTables {

    private final HostedTasks tasks;
    private final StateDirectories directories;
    private final WatchedTables watched;
    private final FileCopy files;

    RunningTables(HostedTasks tasks, StateDirectories directories, WatchedTables watched, FileCopy files) {
        this.tasks = tasks;
        this.directories = directories;
        this.watched = watched;
        this.files = files;
    }

    /** Has a log for the rows of a table that is watched for new files. */
    void exists(ExternalTable table, CatalogEntry entry) {
        WatchOptions watch = WatchOptions.from(table.options());
        if (watch != null) {
            watched.exists(table, entry, watch);
        }
    }

    void isGone(String table) {
        watched.isGone(table);
    }

    /** Watches a table for new files, where it is to be. */
    void start(ExternalTable table, CatalogEntry entry) {
        WatchOptions watch = WatchOptions.from(table.options());
        StreamDefinition rows = watched.find(table.name());
        StreamLog log = watched.log(table.name());
        if (watch != null && rows != null && log != null) {
            tasks.start(
                    TaskNames.of(ObjectKind.EXTERNAL_TABLE, table.name()),
                    stopping -> files.watch(table, watch, rows, log, TaskNames.producer(entry), directories.of(entry)));
        }
    }

    /** Ends what watches the table. */
    void stop(String name) {
        tasks.stop(TaskNames.of(ObjectKind.EXTERNAL_TABLE, name));
    }

    /** Deletes the rows of a table that was dropped. */
    void delete(CatalogEntry entry) {
        watched.delete(entry);
    }
}
