package io.millrace.server.aws;

import io.millrace.log.LogSettings;
import io.millrace.log.LogStore;
import io.millrace.log.StoredStream;
import io.millrace.log.StreamSettings;
import io.millrace.server.stream.StreamService;
import io.millrace.server.stream.StreamSummary;
import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.log.StreamLog;
import io.millrace.spi.type.DataType.RowType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Streams of raw records on a real log, and nothing else. */
final class LoggedStreams implements StreamService, AutoCloseable {

    private final LogStore store;

    LoggedStreams(Path directory) {
        store = LogStore.open(directory, LogSettings.DEFAULT, InstantSource.system());
    }

    @Override
    public void create(String name, int shards, boolean onDemand) {
        store.create(name, new StreamSettings(shards, Duration.ofHours(24), onDemand));
    }

    @Override
    public void delete(String name) {
        store.delete(name);
    }

    @Override
    public List<String> names() {
        return store.names();
    }

    @Override
    public StreamSummary describe(String name) {
        StoredStream stream = store.stream(name);
        return new StreamSummary(name, stream.created(), stream.retention(), stream.onDemand());
    }

    @Override
    public StreamLog log(String name) {
        return store.stream(name);
    }

    @Override
    public RowType columns(String name) {
        return RowType.of();
    }

    @Override
    public RowEncoder encoder(String name) {
        throw new IllegalStateException("these streams hold no typed rows");
    }

    @Override
    public void close() {
        store.close();
    }
}
