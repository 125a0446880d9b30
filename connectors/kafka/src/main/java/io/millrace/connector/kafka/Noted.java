package io.millrace.connector.kafka;

import io.millrace.spi.connector.BatchName;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What a sender's consumer group says: the offset is the number of the batch that came last, the metadata the sender's
 * life, the batch's file, and which of its rows the topic refused.
 *
 * <pre>
 *   3 quakes-1f3a9c2e-shardId-000000000000-0000000000000001000 12,40
 * </pre>
 *
 * @param life of the sender that wrote last, from 1; 0 where none did
 * @param file of the last batch, empty where there is none
 * @param number of the last batch
 * @param refused rows of the last batch that the topic had no room for
 */
record Noted(long life, String file, int number, Set<Integer> refused) {

    static final Noted NOTHING = new Noted(0, "", 0, Set.of());

    /** Brokers keep 4096 bytes unless told otherwise; the rest is the file's name. */
    private static final int REFUSED_CHARS_MAX = 3_000;

    static Noted of(@Nullable OffsetAndMetadata offset) {
        if (offset == null) {
            return NOTHING;
        }
        String metadata = offset.metadata();
        int file = metadata.indexOf(' ') + 1;
        int refused = metadata.indexOf(' ', file) + 1;
        return new Noted(
                Long.parseLong(metadata.substring(0, file - 1)),
                metadata.substring(file, refused - 1),
                Math.toIntExact(offset.offset()),
                rows(metadata.substring(refused)));
    }

    private static Set<Integer> rows(String text) {
        List<String> rows = text.isEmpty() ? List.of() : Arrays.asList(text.split(",", -1));
        return rows.stream().map(Integer::valueOf).collect(Collectors.toCollection(TreeSet::new));
    }

    boolean has(BatchName name) {
        return file.equals(name.file()) && number >= name.number();
    }

    Noted withLife(long newLife) {
        return new Noted(newLife, file, number, refused);
    }

    /** @throws IOException where there are more rows refused than can be noted */
    Noted with(BatchName name, Set<Integer> newRefused) throws IOException {
        if (text(newRefused).length() > REFUSED_CHARS_MAX) {
            throw new IOException(
                    newRefused.size() + " records of a batch are larger than the topic's max.message.bytes;"
                            + " raise that, or make the delivery anew with such a record_bytes_max");
        }
        return new Noted(life, name.file(), name.number(), Set.copyOf(newRefused));
    }

    private static String text(Set<Integer> rows) {
        return new TreeSet<>(rows).stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** Returns what to commit for a partition, which is any one. */
    Map<TopicPartition, OffsetAndMetadata> offsets(TopicPartition partition) {
        return Map.of(partition, new OffsetAndMetadata(number, life + " " + file + " " + text(refused)));
    }
}
