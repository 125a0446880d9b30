package io.millrace.server.engine;

import io.millrace.plan.PlanNode;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.StreamLog;
import java.util.HashMap;
import java.util.Map;

/** The streams that a query reads, to notice when one is dropped: its log then gives nothing any more. */
final class ReadStreams {

    private final EngineStreams streams;
    private final Map<String, StreamLog> logs = new HashMap<>();

    /** Remembers the streams that a plan reads, and no views. */
    ReadStreams(EngineStreams streams, LiveCatalog catalog, PlanNode root) {
        this.streams = streams;
        add(catalog, root);
    }

    private void add(LiveCatalog catalog, PlanNode node) {
        if (node instanceof PlanNode.Scan scan && catalog.stream(scan.stream()) != null) {
            logs.put(scan.stream(), streams.log(scan.stream()));
        }
        node.inputs().forEach(input -> add(catalog, input));
    }

    /**
     * Fails where a stream is gone, or another one has its name.
     *
     * @throws MillraceException {@code WRONG_STATE}
     */
    void check() {
        logs.forEach((name, log) -> {
            if (!streams.has(name, log)) {
                throw new MillraceException(
                        ErrorCode.WRONG_STATE, "stream '" + name + "' was dropped while the query read it");
            }
        });
    }
}
