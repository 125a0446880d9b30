package io.millrace.server.command;

import io.millrace.server.engine.Engine;
import io.millrace.spi.log.HashKey;
import io.millrace.spi.log.RecordBatch;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.log.StreamLog;
import io.millrace.spi.row.BytesColumn;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Writes into a data directory that it opens itself. */
final class EmbeddedRecordWriter implements RecordWriter {

    private final Engine engine;
    private final StreamLog log;

    EmbeddedRecordWriter(Path data, String stream) {
        engine = Engine.open(data);
        try {
            log = engine.streams().log(stream);
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    @Override
    public void put(RecordBatch records) {
        Map<ShardLog, RecordBatch> ofShard = new LinkedHashMap<>();
        BytesColumn keys = records.partitionKeys();
        BytesColumn payloads = records.payloads();
        for (int i = 0; i < records.size(); i++) {
            HashKey key = HashKey.ofPartitionKey(keys.data(), keys.starts()[i], keys.ends()[i]);
            ofShard.computeIfAbsent(log.route(key), shard -> new RecordBatch())
                    .add(
                            keys.data(),
                            keys.starts()[i],
                            keys.ends()[i],
                            payloads.data(),
                            payloads.starts()[i],
                            payloads.ends()[i]);
        }
        CompletableFuture<?>[] appends = ofShard.entrySet().stream()
                .map(entry -> entry.getKey().append(entry.getValue(), null))
                .toArray(CompletableFuture[]::new);
        for (CompletableFuture<?> append : appends) {
            append.join();
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
