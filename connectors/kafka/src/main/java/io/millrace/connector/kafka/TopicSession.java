package io.millrace.connector.kafka;

import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.Receiver.Refusal;
import io.millrace.spi.error.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer that has begun its transactions. One that has failed is of no more use. */
final class TopicSession implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> group;
    private final TopicPartition partition;
    private Noted noted = Noted.NOTHING;

    /**
     * Connects, and ends what other producers of the sender have begun.
     *
     * @param life the sender's, or 0 where it has none yet and takes one
     * @throws IOException where a later life has taken over
     */
    static TopicSession open(String sender, TopicSettings settings, long life) throws IOException {
        TopicSession session = new TopicSession(sender, settings);
        try {
            session.begin(life);
            return session;
        } catch (IOException | RuntimeException e) {
            try {
                session.close();
            } catch (RuntimeException failure) {
                e.addSuppressed(failure);
            }
            throw e;
        }
    }

    private TopicSession(String sender, TopicSettings settings) {
        String name = "millrace-" + sender;
        this.partition = new TopicPartition(settings.topic(), 0);
        Map<String, Object> producing = client(settings);
        producing.put("transactional.id", name);
        producing.put("compression.type", settings.compression());
        producing.put("max.request.size", settings.recordBytesMax());
        producing.put("max.block.ms", (int) settings.timeout().toMillis());
        producing.put("linger.ms", 0);
        producing.put("delivery.timeout.ms", 2 * (int) settings.timeout().toMillis());
        this.producer = new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer());
        Map<String, Object> reading = client(settings);
        reading.put("group.id", name);
        // Offsets of a transaction that is open are waited for.
        reading.put("isolation.level", "read_committed");
        this.group = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<String, Object> client(TopicSettings settings) {
        int timeout = (int) settings.timeout().toMillis();
        Map<String, Object> client = new HashMap<>(settings.security());
        client.put("bootstrap.servers", settings.servers());
        client.put("request.timeout.ms", timeout);
        client.put("default.api.timeout.ms", timeout);
        return client;
    }

    /** Fails where there is no such topic. */
    static void check(TopicSettings settings) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(client(settings))) {
            admin.describeTopics(List.of(settings.topic())).allTopicNames().get();
        }
    }

    private void begin(long life) throws IOException {
        producer.initTransactions();
        Noted found = Noted.of(group.committed(Set.of(partition)).get(partition));
        if (life != 0 && found.life() > life) {
            throw new ReplacedException("another server has taken this delivery over (it is life " + found.life()
                    + " of " + group.groupMetadata().groupId() + ", this one " + life
                    + "); drop the delivery here, or stop the other");
        }
        noted = found.withLife(life == 0 ? found.life() + 1 : life);
        producer.beginTransaction();
        note(noted);
        producer.commitTransaction();
    }

    private void note(Noted what) {
        producer.sendOffsetsToTransaction(what.offsets(partition), group.groupMetadata());
    }

    long life() {
        return noted.life();
    }

    /** Sends a batch with its name in one transaction, unless it is there already. */
    List<Refusal> send(BatchName name, List<RowRecords.Made> records) throws IOException {
        Set<Integer> tooLarge = new HashSet<>();
        Set<Integer> untimed = new HashSet<>();
        while (!noted.has(name) && !commits(name, records, tooLarge, untimed)) {
            // Once more, without those that the topic has no room for, or whose time it does not allow.
        }
        if (noted.number() == name.number()) {
            tooLarge.addAll(noted.refused());
        }
        List<Refusal> refusals = new ArrayList<>();
        for (RowRecords.Made made : records) {
            if (made.refusal() != null) {
                refusals.add(made.refusal());
            } else if (tooLarge.contains(made.row())) {
                refusals.add(new Refusal(
                        made.row(),
                        ErrorCode.LIMIT_EXCEEDED,
                        "the record is larger than the topic's max.message.bytes"));
            }
        }
        return refusals;
    }

    /**
     * Tries a transaction; returns false where it was given up, and more records are known to be too large, or to have a
     * time that the topic does not allow.
     */
    private boolean commits(BatchName name, List<RowRecords.Made> records, Set<Integer> tooLarge, Set<Integer> untimed)
            throws IOException {
        Noted then = noted.with(name, tooLarge);
        Map<Integer, Future<RecordMetadata>> sent = new HashMap<>();
        producer.beginTransaction();
        try {
            for (RowRecords.Made made : records) {
                if (made.record() != null && !tooLarge.contains(made.row())) {
                    ProducerRecord<byte[], byte[]> record = made.record();
                    sent.put(made.row(), producer.send(untimed.contains(made.row()) ? untimed(record) : record));
                }
            }
            note(then);
            producer.commitTransaction();
        } catch (KafkaException e) {
            boolean known = false;
            for (Map.Entry<Integer, Future<RecordMetadata>> each : sent.entrySet()) {
                known |= isTooLarge(each.getValue()) && tooLarge.add(each.getKey());
                known |= isOutOfTime(each.getValue()) && untimed.add(each.getKey());
            }
            if (!known) {
                throw e;
            }
            producer.abortTransaction();
            return false;
        }
        noted = then;
        return true;
    }

    private static boolean isTooLarge(Future<RecordMetadata> sent) {
        return sent.state() == Future.State.FAILED && sent.exceptionNow() instanceof RecordTooLargeException;
    }

    /** A topic may refuse what is much older or newer than its broker's clock. A row is worth more than its time. */
    private static boolean isOutOfTime(Future<RecordMetadata> sent) {
        if (sent.state() != Future.State.FAILED) {
            return false;
        }
        Throwable failure = sent.exceptionNow();
        // Where several records of a batch are refused, only the message tells why.
        return failure instanceof InvalidTimestampException
                || (failure instanceof InvalidRecordException
                        && String.valueOf(failure.getMessage()).contains("imestamp"));
    }

    /** Returns the record with the time at which it is sent. */
    private static ProducerRecord<byte[], byte[]> untimed(ProducerRecord<byte[], byte[]> record) {
        return new ProducerRecord<>(record.topic(), record.partition(), record.key(), record.value(), record.headers());
    }

    /** A later life of the sender is there. */
    static final class ReplacedException extends IOException {

        private static final long serialVersionUID = 1L;

        ReplacedException(String message) {
            super(message);
        }
    }

    @Override
    public void close() {
        // Of an interrupt both would fail before they have let go of their connections.
        boolean interrupted = Thread.interrupted();
        // Without waiting: a transaction that is open is of no use any more.
        try {
            producer.close(Duration.ZERO);
        } finally {
            try {
                group.close(CloseOptions.timeout(Duration.ZERO));
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
