package io.millrace.server.engine;

import io.millrace.log.LogStore;
import io.millrace.server.file.WatchOptions;
import io.millrace.spi.Options;
import io.millrace.spi.log.StreamLog;
import io.millrace.sql.catalog.ExternalTable;
import io.millrace.sql.catalog.StreamDefinition;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * External tables that are watched for new files, and the logs that rows of those go into: what queries that go on read
 * of them. Safe for use by several threads.
 */
final class WatchedTables {

    private final OwnedLogs logs;
    private final Map<String, StreamDefinition> definitions = new ConcurrentHashMap<>();

    WatchedTables(LogStore store) {
        this.logs = OwnedLogs.ofFiles(store);
    }

    /** Says that a table exists, and makes its log where it is missing. */
    void exists(ExternalTable table, CatalogEntry entry, WatchOptions watch) {
        logs.require(entry, watch.retention());
        definitions.put(
                table.name(), new StreamDefinition(logs.name(entry), table.columns(), table.rowtime(), Options.NONE));
    }

    /** Returns the rows of a table's files as a stream, or null where there is no such table. */
    @Nullable
    StreamDefinition find(String table) {
        return definitions.get(table);
    }

    /** Returns the log of a table's rows, or null where there is no such table. */
    @Nullable
    StreamLog log(String table) {
        StreamDefinition definition = definitions.get(table);
        return definition == null ? null : logs.log(definition.name());
    }

    Collection<String> names() {
        return definitions.keySet();
    }

    /** Says that a table is gone. */
    void isGone(String table) {
        definitions.remove(table);
    }

    void delete(CatalogEntry entry) {
        logs.delete(entry);
    }

    /** Deletes the logs of tables that are gone. */
    void keepOnly(Collection<CatalogEntry> entries) {
        logs.keepOnly(entries);
    }
}
