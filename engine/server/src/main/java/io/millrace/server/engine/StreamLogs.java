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

    /** Has a log keep its entries as long as the stream now says. */
    void alter(StreamDefinition stream) {
        store.stream(stream.name())
                .changeRetention(
                        StreamOptions.of(stream.options(), stream.columns()).retention());
    }

    void deleteIfThere(String stream) {
        if (store.has(stream)) {
            store.delete(stream);
        }
    }
}
