package io.millrace.spi.function;

import java.util.Map;

/** What a {@link DeliveryFunction} says becomes of a record. */
public sealed interface TransformedRecord {

    /**
     * The record is delivered.
     *
     * @param data its bytes, which the function leaves as they are afterwards
     * @param partitionKeys what {@code !{partitionKeyFromLambda:name}} stands for
     */
    record Ok(byte[] data, Map<String, String> partitionKeys) implements TransformedRecord {

        public Ok {
            if (data == null) {
                throw new NullPointerException("a record that is ok has data");
            }
            partitionKeys = Map.copyOf(partitionKeys);
        }
    }

    /** The record is left out, as is meant. */
    record Dropped() implements TransformedRecord {}

    /**
     * The record cannot be used. It goes to {@code error_stream} and to the delivery's error prefix, as it came.
     *
     * @param reason what is wrong
     */
    record ProcessingFailed(String reason) implements TransformedRecord {}

    /** Returns that a record is delivered with these bytes. */
    static TransformedRecord ok(byte[] data) {
        return new Ok(data, Map.of());
    }

    /** Returns that a record is delivered with these bytes, in the partition of these keys. */
    static TransformedRecord ok(byte[] data, Map<String, String> partitionKeys) {
        return new Ok(data, partitionKeys);
    }

    /** Returns that a record is left out. */
    static TransformedRecord dropped() {
        return new Dropped();
    }

    /** Returns that a record cannot be used. */
    static TransformedRecord failed(String reason) {
        return new ProcessingFailed(reason);
    }
}
