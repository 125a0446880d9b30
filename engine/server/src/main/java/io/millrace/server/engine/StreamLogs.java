package io.millrace.server.engine;

import io.millrace.log.LogStore;
import io.millrace.log.StreamSettings;
import io.millrace.sql.catalog.StreamDefinition;

/** The logs behind declared streams. */
final class StreamLogs {

    private final LogStore store;

    StreamLogs(LogStore store) {
        this.store = store;
    }

    void create(StreamDefinition stream, boolean onDemand) {
        StreamOptions options = StreamOptions.of(stream.options(), stream.columns());
        store.create(stream.name(), new StreamSettings(options.shards(), options.retention(), onDemand));
    }

    /** Makes the log of a stream that the catalog holds, where a crash came between the two. */
    void requireLog(StreamDefinition stream) {
        if (!store.names().contains(stream.name())) {
            create(stream, false);
        }
    }

    void delete(String stream) {
        store.delete(stream);
    }
}
