/**
 * Topics of Apache Kafka: {@code kafka://host:9092,host:9092/topic}.
 *
 * <pre>
 *   a batch, in one transaction of the sender's transactional id:     {@link io.millrace.connector.kafka.TopicReceiver}
 *     its rows, each a record                                         {@link io.millrace.connector.kafka.RowRecords}
 *     its name, as the offset of a consumer group of the sender's     {@link io.millrace.connector.kafka.Noted}
 *   commit
 * </pre>
 *
 * <p>A consumer group keeps a number and a text for a partition, and takes part in transactions; nobody consumes by it. So
 * no topic of our own is needed to remember which batch came last, and Kafka's tools show it.
 *
 * <p>Beside the batch stands the sender's life. One that starts takes the next number; one that finds a higher number
 * than its own writes nothing more. Kafka's own fencing ends the transactions of others, but cannot tell who is newer:
 * whoever asks last wins, and after a failure each side asks again.
 */
@NullMarked
package io.millrace.connector.kafka;

import org.jspecify.annotations.NullMarked;
