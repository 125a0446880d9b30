package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.aws.DeliveryStreams.Known;
import io.millrace.server.stream.StreamService;
import io.millrace.spi.log.Appended;
import io.millrace.spi.log.RecordBatch;
import io.millrace.spi.log.ShardLog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Putting records into delivery streams. A put is answered when its records are on disk, all of them or none. */
final class DeliveryStreamPuts {

    private static final int DATA_MAX = 1_024_000;
    private static final int RECORDS_MAX = 500;
    private static final long BATCH_BYTES_MAX = 4L << 20;

    private final DeliveryStreams known;
    private final StreamService streams;

    DeliveryStreamPuts(DeliveryStreams known, StreamService streams) {
        this.known = known;
        this.streams = streams;
    }

    CompletableFuture<ObjectNode> putRecord(Members request, Caller caller) {
        Members entry = request.require("Record").structure("Record");
        byte[] data = entry == null ? new byte[0] : data(entry);
        ShardLog shard = shard(request, caller);
        return shard.append(batch(List.of(data), shard), null)
                .thenApply(appended -> receipt(shard, appended, 0).put("Encrypted", false));
    }

    CompletableFuture<ObjectNode> putRecordBatch(Members request, Caller caller) {
        List<byte[]> records = request.require("Records").structures("Records", 1, RECORDS_MAX).stream()
                .map(DeliveryStreamPuts::data)
                .toList();
        ShardLog shard = shard(request, caller);
        long bytes = records.stream().mapToLong(data -> data.length).sum();
        if (bytes > BATCH_BYTES_MAX) {
            throw AwsException.invalidArgument("Records size exceeds 4 MB limit");
        }
        return shard.append(batch(records, shard), null)
                .thenApply(appended -> receipts(shard, appended, records.size()));
    }

    private static byte[] data(Members entry) {
        byte[] data = entry.require("Data").blob("Data", DATA_MAX);
        return data == null ? new byte[0] : data;
    }

    /** Returns where puts go, once the whole request is checked. */
    private ShardLog shard(Members request, Caller caller) {
        Known delivery = known.find(DeliveryStreams.name(request), caller);
        if (!delivery.directPut()) {
            throw AwsException.invalidArgument(
                    "This operation is not permitted on KinesisStreamAsSource delivery stream" + " type.");
        }
        return streams.log(Objects.requireNonNull(delivery.delivery().source()))
                .shards()
                .getFirst();
    }

    private static RecordBatch batch(List<byte[]> records, ShardLog shard) {
        byte[] key = shard.description().id().getBytes(StandardCharsets.UTF_8);
        RecordBatch batch = new RecordBatch();
        records.forEach(data -> batch.add(key, data));
        return batch;
    }

    private static ObjectNode receipts(ShardLog shard, Appended appended, int count) {
        ObjectNode response =
                KinesisOperations.nothing().put("FailedPutCount", 0).put("Encrypted", false);
        ArrayNode responses = response.putArray("RequestResponses");
        for (int i = 0; i < count; i++) {
            responses.add(receipt(shard, appended, i));
        }
        return response;
    }

    private static ObjectNode receipt(ShardLog shard, Appended appended, int place) {
        return KinesisOperations.nothing()
                .put(
                        "RecordId",
                        shard.description()
                                .sequenceNumber(appended.firstIndex() + place, appended.arrivalMicros())
                                .toString());
    }
}
