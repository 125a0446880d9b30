package io.millrace.server.engine;

import io.millrace.server.table.Tables;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.StreamLog;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.catalog.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The logs that something which runs by itself may read: streams', tables', views' and deliveries'. */
final class ReadLogs {

    private final LiveCatalog catalog;
    private final EngineStreams streams;
    private final Tables tables;
    private final ViewLogs views;
    private final WatchedTables watched;
    private final OwnedLogs deliveries;

    ReadLogs(
            LiveCatalog catalog,
            EngineStreams streams,
            Tables tables,
            ViewLogs views,
            WatchedTables watched,
            OwnedLogs deliveries) {
        this.catalog = catalog;
        this.streams = streams;
        this.tables = tables;
        this.views = views;
        this.watched = watched;
        this.deliveries = deliveries;
    }

    /** Returns whether a name is kept for logs that are no streams. */
    static boolean reserved(String name) {
        return OwnedLogs.reserved(name) || Tables.reserved(name);
    }

    /** Returns the log behind a name, or null where there is none. */
    @Nullable
    StreamLog find(String name) {
        if (OwnedLogs.reserved(name)) {
            return deliveries.log(name);
        }
        TableDefinition table = catalog.table(name);
        if (table != null) {
            return tables.table(table.name()).log();
        }
        ViewLog changes = views.find(name);
        if (changes != null) {
            return changes.log();
        }
        StreamLog files = watched.log(name);
        if (files != null) {
            return files;
        }
        StreamDefinition stream = catalog.stream(name);
        return stream == null ? null : streams.log(stream.name());
    }

    /** Returns the log of a stream or table, or null where there is none, or none that can be read. */
    @Nullable
    StreamLog ifReadable(String name) {
        if (catalog.table(name) != null) {
            return tables.logIfReadable(name);
        }
        ViewLog changes = views.find(name);
        if (changes != null) {
            return changes.log();
        }
        StreamLog files = watched.log(name);
        if (files != null) {
            return files;
        }
        return catalog.stream(name) == null ? null : streams.logIfReadable(name);
    }

    /** Returns the logs of all streams and tables that can be read. */
    List<StreamLog> readable() {
        List<StreamLog> logs = new ArrayList<>();
        for (StreamDefinition stream : catalog.streams()) {
            add(logs, streams.logIfReadable(stream.name()));
        }
        watched.names().forEach(name -> add(logs, watched.log(name)));
        for (TableDefinition table : catalog.tables()) {
            add(logs, tables.logIfReadable(table.name()));
        }
        return logs;
    }

    private static void add(List<StreamLog> logs, @Nullable StreamLog log) {
        if (log != null) {
            logs.add(log);
        }
    }

    /** Returns the stream of a name, whatever its case. */
    StreamDefinition require(String name) {
        StreamDefinition stream = catalog.stream(name);
        if (stream == null) {
            throw new MillraceException(ErrorCode.UNDEFINED_NAME, "there is no stream '" + name + "'");
        }
        return stream;
    }
}
