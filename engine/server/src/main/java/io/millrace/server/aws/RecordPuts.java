package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.stream.StreamService;
import io.millrace.spi.log.Appended;
import io.millrace.spi.log.HashKey;
import io.millrace.spi.log.RecordBatch;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.log.StreamLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Putting records. A put is answered when its record is on disk. */
final class RecordPuts {

    private static final int DATA_MAX = 10_485_760;
    private static final int RECORDS_MAX = 500;

    private final StreamService streams;
    private final StreamLookup lookup;

    RecordPuts(StreamService streams, StreamLookup lookup) {
        this.streams = streams;
        this.lookup = lookup;
    }

    /** One record of a request, with the shard it belongs to. */
    private record Put(byte[] partitionKey, byte[] data, ShardLog shard) {}

    CompletableFuture<ObjectNode> putRecord(Members request, Caller caller) {
        checkMembers(request);
        request.string("SequenceNumberForOrdering", 0, 129, Members.SEQUENCE_NUMBER);
        String stream = lookup.streamName(request);
        lookup.stream(stream, caller);
        Put put = put(request, streams.log(stream));
        return put.shard()
                .append(new RecordBatch().add(put.partitionKey(), put.data()), null)
                .thenApply(appended -> receipt(put.shard(), appended, 0));
    }

    CompletableFuture<ObjectNode> putRecords(Members request, Caller caller) {
        request.require("Records");
        List<Members> records = request.structures("Records", 1, RECORDS_MAX);
        records.forEach(RecordPuts::checkMembers);
        String stream = lookup.streamName(request);
        lookup.stream(stream, caller);
        StreamLog log = streams.log(stream);
        List<Put> puts = new ArrayList<>(records.size());
        records.forEach(record -> puts.add(put(record, log)));
        checkSize(puts);
        return append(puts);
    }

    private static void checkMembers(Members record) {
        record.require("Data").require("PartitionKey");
        record.string("PartitionKey", 1, 256, null);
        record.string("ExplicitHashKey", 1, 39, Members.HASH_KEY);
        record.blob("Data", DATA_MAX);
    }

    private static Put put(Members record, StreamLog log) {
        byte[] key = Objects.requireNonNull(record.string("PartitionKey")).getBytes(StandardCharsets.UTF_8);
        byte[] data = Objects.requireNonNull(record.blob("Data", DATA_MAX));
        if (data.length + key.length > AwsSettings.RECORD_BYTES_MAX) {
            throw AwsException.invalidArgument("Record of " + (data.length + key.length)
                    + " bytes, partition key included, is larger than " + AwsSettings.RECORD_BYTES_MAX + ".");
        }
        @Nullable String explicit = record.string("ExplicitHashKey");
        HashKey hash = explicit == null ? HashKey.ofPartitionKey(key, 0, key.length) : HashKey.parse(explicit);
        return new Put(key, data, log.route(hash));
    }

    private static void checkSize(List<Put> puts) {
        long bytes = 0;
        for (Put put : puts) {
            bytes += put.data().length + put.partitionKey().length;
        }
        if (bytes > AwsSettings.PUT_RECORDS_BYTES_MAX) {
            throw AwsException.invalidArgument(
                    "Records size " + bytes + " bytes exceeds " + AwsSettings.PUT_RECORDS_BYTES_MAX + ".");
        }
    }

    /** Appends each shard's records at once; a shard that fails fails its records only. */
    private static CompletableFuture<ObjectNode> append(List<Put> puts) {
        Map<ShardLog, RecordBatch> batches = new LinkedHashMap<>();
        int[] place = new int[puts.size()];
        for (int i = 0; i < place.length; i++) {
            Put put = puts.get(i);
            RecordBatch batch = batches.computeIfAbsent(put.shard(), shard -> new RecordBatch());
            place[i] = batch.size();
            batch.add(put.partitionKey(), put.data());
        }
        Map<ShardLog, CompletableFuture<Appended>> appends = new LinkedHashMap<>();
        batches.forEach((shard, batch) -> appends.put(shard, shard.append(batch, null)));
        return CompletableFuture.allOf(appends.values().toArray(CompletableFuture[]::new))
                .handle((all, failure) -> response(puts, place, appends));
    }

    private static ObjectNode response(
            List<Put> puts, int[] place, Map<ShardLog, CompletableFuture<Appended>> appends) {
        ObjectNode response = KinesisOperations.nothing();
        ArrayNode records = response.arrayNode();
        int failed = 0;
        for (int i = 0; i < place.length; i++) {
            ShardLog shard = puts.get(i).shard();
            CompletableFuture<Appended> append = Objects.requireNonNull(appends.get(shard));
            if (append.isCompletedExceptionally()) {
                failed++;
                records.addObject()
                        .put("ErrorCode", "InternalFailure")
                        .put(
                                "ErrorMessage",
                                String.valueOf(append.exceptionNow().getMessage()));
            } else {
                records.add(receipt(shard, append.join(), place[i]));
            }
        }
        response.put("FailedRecordCount", failed);
        response.set("Records", records);
        return response;
    }

    private static ObjectNode receipt(ShardLog shard, Appended appended, int place) {
        return KinesisOperations.nothing()
                .put("ShardId", shard.description().id())
                .put(
                        "SequenceNumber",
                        shard.description()
                                .sequenceNumber(appended.firstIndex() + place, appended.arrivalMicros())
                                .toString());
    }
}
