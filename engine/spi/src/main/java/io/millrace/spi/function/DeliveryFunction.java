package io.millrace.spi.function;

import java.time.Instant;
import java.util.List;

/**
 * Records of a delivery, transformed on their way: what a Lambda function does for Data Firehose, in a class of Java.
 *
 * <pre>
 *   public final class Trimmed implements DeliveryFunction {
 *       public List&lt;TransformedRecord&gt; transform(List&lt;ArrivedRecord&gt; records) {
 *           return records.stream()
 *                   .map(record -&gt; TransformedRecord.ok(trim(record.data())))
 *                   .toList();
 *       }
 *   }
 *
 *   CREATE FUNCTION trimmed AS 'com.example.Trimmed' USING JAR 'trimmed.jar';
 *   CREATE DELIVERY d FROM s TO 'file:///lake/s' WITH (format = 'lines', transform = 'trimmed')
 * </pre>
 *
 * <p>It is named by the option {@code transform} of deliveries, and not called in SQL. Each shard of a delivery has an
 * instance of its own, which one thread uses at a time; an instance whose call takes too long is interrupted, and
 * another is made. Records are given at least once, in the order of their shard, and what came of them lands as often as
 * the delivery's destination promises.
 */
public non-sealed interface DeliveryFunction extends UserFunction {

    /**
     * A record as it came to the function.
     *
     * @param data its bytes, a copy of the function's own
     * @param arrival when it arrived in its stream
     */
    record ArrivedRecord(byte[] data, Instant arrival) {}

    /**
     * Says what becomes of records: as many answers as there are records, in their order. What is thrown makes the call
     * fail, so it is made again, as often as the delivery's {@code transform_retries} says.
     *
     * @throws Exception where the call failed; a record that is wrong by itself is {@link
     *     TransformedRecord#failed(String)} instead
     */
    List<TransformedRecord> transform(List<ArrivedRecord> records) throws Exception;
}
