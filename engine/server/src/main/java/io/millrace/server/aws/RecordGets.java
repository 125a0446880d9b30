package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.stream.StreamService;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.LogReader;
import io.millrace.spi.log.ReadOptions;
import io.millrace.spi.log.SequenceNumber;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.JavaValues;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reading records: iterators, and the records behind them. Typed rows are shown in the stream's format. */
final class RecordGets {

    private static final int RECORDS_MAX = 10_000;
    private static final int ENTRIES_PER_READ = 1_000;

    private final StreamService streams;
    private final StreamLookup lookup;
    private final ShardIterators iterators;

    RecordGets(StreamService streams, StreamLookup lookup, ShardIterators iterators) {
        this.streams = streams;
        this.lookup = lookup;
        this.iterators = iterators;
    }

    ObjectNode getShardIterator(Members request, Caller caller) {
        request.require("ShardId").require("ShardIteratorType");
        String shardId = request.string("ShardId", 1, 128, Members.NAME);
        String type = request.oneOf(
                "ShardIteratorType",
                "AT_SEQUENCE_NUMBER",
                "AFTER_SEQUENCE_NUMBER",
                "TRIM_HORIZON",
                "LATEST",
                "AT_TIMESTAMP");
        String sequence = request.string("StartingSequenceNumber", 1, 129, Members.SEQUENCE_NUMBER);
        Instant time = request.time("Timestamp");
        String stream = lookup.streamName(request);
        lookup.stream(stream, caller);
        ShardLog shard = lookup.shard(stream, Objects.requireNonNull(shardId), caller);
        long index = switch (Objects.requireNonNull(type)) {
            case "TRIM_HORIZON" -> shard.firstIndex();
            case "LATEST" -> shard.endIndex();
            case "AT_TIMESTAMP" -> indexAt(shard, time);
            case "AFTER_SEQUENCE_NUMBER" -> indexOf(shard, sequence, type) + 1;
            default -> indexOf(shard, sequence, type);
        };
        ShardIterators.Place place =
                new ShardIterators.Place(stream, shard.description().number(), index);
        return KinesisOperations.nothing().put("ShardIterator", iterators.encode(place));
    }

    private static long indexAt(ShardLog shard, @Nullable Instant time) {
        if (time == null) {
            throw AwsException.invalidArgument("Must specify timestamp parameter for iterator of type AT_TIMESTAMP.");
        }
        return shard.indexAtOrAfter(JavaValues.micros(time));
    }

    private static long indexOf(ShardLog shard, @Nullable String sequence, String type) {
        if (sequence == null) {
            throw AwsException.invalidArgument(
                    "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or"
                            + " (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified " + type
                            + " and no StartingSequenceNumber.");
        }
        if (sequence.equals("0")) {
            return shard.firstIndex();
        }
        SequenceNumber number = SequenceNumber.parse(sequence);
        if (number.shardNumber() != shard.description().number()
                || number.createdSeconds() != shard.description().created().getEpochSecond()) {
            throw AwsException.invalidArgument(
                    "StartingSequenceNumber " + sequence + " used in GetShardIterator on shard "
                            + shard.description().id() + " is invalid because it did not come from this shard.");
        }
        return number.index();
    }

    ObjectNode getRecords(Members request, Caller caller) {
        request.require("ShardIterator");
        String iterator = request.string("ShardIterator", 1, 512, null);
        int limit = request.integer("Limit", RECORDS_MAX, 1, RECORDS_MAX);
        request.check();
        ShardIterators.Place place = iterators.decode(Objects.requireNonNull(iterator));
        lookup.stream(place.stream(), caller);
        ShardLog shard = streams.log(place.stream()).shard(place.shard());
        long from = Math.min(Math.max(place.index(), shard.firstIndex()), shard.endIndex());
        ObjectNode response = KinesisOperations.nothing();
        Page page = new Page(response.putArray("Records"), shard, limit);
        try (LogReader reader = shard.reader(from, new ReadOptions(streams.columns(place.stream()), true))) {
            page.fill(reader, place.stream());
            boolean exhausted = shard.description().closed() && reader.position() >= shard.endIndex();
            if (!exhausted) {
                response.put(
                        "NextShardIterator",
                        iterators.encode(new ShardIterators.Place(place.stream(), place.shard(), page.next)));
            }
            response.put("MillisBehindLatest", page.behindMillis());
        }
        return response;
    }

    /** The records of one answer: so many, and so many bytes. */
    private final class Page {

        private final ArrayNode records;
        private final ShardLog shard;
        private final int limit;
        private final BytesColumn encoded = new BytesColumn(16);
        private long bytes;
        private long next;
        private long lastArrival;

        Page(ArrayNode records, ShardLog shard, int limit) {
            this.records = records;
            this.shard = shard;
            this.limit = limit;
        }

        void fill(LogReader reader, String stream) {
            next = reader.position();
            while (records.size() < limit && bytes < AwsSettings.GET_RECORDS_BYTES_MAX) {
                LogBatch batch = poll(reader);
                if (batch == null) {
                    return;
                }
                add(batch, payloads(batch, stream));
            }
        }

        /** What lies before damage is handed out first; the next call meets the error. */
        private @Nullable LogBatch poll(LogReader reader) {
            try {
                return reader.poll(Math.min(ENTRIES_PER_READ, limit - records.size()));
            } catch (MillraceException e) {
                if (e.code() == ErrorCode.DATA_CORRUPTED && !records.isEmpty()) {
                    return null;
                }
                throw e;
            }
        }

        private BytesColumn payloads(LogBatch batch, String stream) {
            return switch (batch) {
                case LogBatch.Records raw -> raw.payloads();
                case LogBatch.Rows typed -> {
                    encoded.clear();
                    encoded.ensureCapacity(typed.size());
                    streams.encoder(stream).encode(typed.rows(), encoded);
                    yield encoded;
                }
            };
        }

        private void add(LogBatch batch, BytesColumn payloads) {
            for (int i = 0; i < batch.size() && bytes < AwsSettings.GET_RECORDS_BYTES_MAX; i++) {
                long arrival = batch.arrivals().get(i);
                String key = batch.partitionKeys().isNull(i)
                        ? ""
                        : batch.partitionKeys().text(i);
                ObjectNode record = records.addObject();
                record.put(
                        "SequenceNumber",
                        shard.description()
                                .sequenceNumber(batch.firstIndex() + i, arrival)
                                .toString());
                record.putPOJO("ApproximateArrivalTimestamp", JavaValues.instant(arrival));
                record.put("Data", payloads.get(i));
                record.put("PartitionKey", key);
                bytes += payloads.length(i) + batch.partitionKeys().length(i);
                next = batch.firstIndex() + i + 1;
                lastArrival = arrival;
            }
        }

        /** Returns how far the last record read is behind the newest of the shard, 0 where nothing is left. */
        long behindMillis() {
            long end = shard.endIndex();
            if (next >= end) {
                return 0;
            }
            try (LogReader reader = shard.reader(end - 1, ReadOptions.RECORDS)) {
                LogBatch newest = reader.poll(1);
                long newestArrival = newest == null || newest.size() == 0
                        ? lastArrival
                        : newest.arrivals().get(0);
                return Math.max(1, (newestArrival - lastArrival) / 1000);
            } catch (MillraceException e) {
                if (e.code() == ErrorCode.DATA_CORRUPTED) {
                    return 1;
                }
                throw e;
            }
        }
    }
}
