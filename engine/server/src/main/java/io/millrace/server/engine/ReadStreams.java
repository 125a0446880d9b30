package io.millrace.server.engine;

import io.millrace.plan.PlanNode;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.StreamLog;
import io.millrace.sql.catalog.StreamDefinition;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The streams and views that a query reads, to notice when one is dropped: its log then gives nothing any more. */
final class ReadStreams {

    private final EngineStreams streams;
    private final ViewLogs views;
    private final WatchedTables watched;
    private final Map<String, StreamLog> logs = new HashMap<>();
    private final Map<String, StreamDefinition> files = new HashMap<>();
    private final Map<String, @Nullable ViewLog> changes = new HashMap<>();

    /** Remembers what a plan reads. */
    ReadStreams(EngineStreams streams, ViewLogs views, WatchedTables watched, LiveCatalog catalog, PlanNode root) {
        this.streams = streams;
        this.views = views;
        this.watched = watched;
        add(catalog, root);
    }

    private void add(LiveCatalog catalog, PlanNode node) {
        if (node instanceof PlanNode.Scan scan && catalog.stream(scan.stream()) != null) {
            logs.put(scan.stream(), streams.log(scan.stream()));
        }
        if (node instanceof PlanNode.Scan scan && ExternalScans.readsCopies(scan)) {
            StreamDefinition rows = watched.find(scan.stream());
            if (rows != null) {
                files.put(scan.stream(), rows);
            }
        }
        if (node instanceof PlanNode.Scan scan && views.find(scan.stream()) != null) {
            changes.put(scan.stream(), views.find(scan.stream()));
        }
        node.inputs().forEach(input -> add(catalog, input));
    }

    /**
     * Fails where a stream or view is gone, or another one has its name.
     *
     * @throws MillraceException {@code WRONG_STATE}
     */
    @SuppressWarnings("ReferenceEquality") // A view that is made anew has changes of its own.
    void check() {
        logs.forEach((name, log) -> {
            if (!streams.has(name, log)) {
                throw new MillraceException(
                        ErrorCode.WRONG_STATE, "stream '" + name + "' was dropped while the query read it");
            }
        });
        files.forEach((name, rows) -> {
            if (!rows.equals(watched.find(name))) {
                throw new MillraceException(
                        ErrorCode.WRONG_STATE, "external table '" + name + "' was dropped while the query read it");
            }
        });
        changes.forEach((name, log) -> {
            if (views.find(name) != log) {
                throw new MillraceException(
                        ErrorCode.WRONG_STATE, "view '" + name + "' was dropped while the query read it");
            }
        });
    }
}
