package io.millrace.delivery.transform;

import io.millrace.spi.function.DeliveryFunction;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/**
 * Functions in Java that deliveries name, and the threads that they run in.
 *
 * @param finder finds them
 * @param threads makes the thread of a call
 */
public record JavaFunctions(Finder finder, ThreadFactory threads) {

    /** Where functions in Java are found. Safe for use by several threads. */
    @FunctionalInterface
    public interface Finder {

        /**
         * Returns what makes instances of a function.
         *
         * @throws io.millrace.spi.error.MillraceException {@code UNDEFINED_FUNCTION} where there is none of this name,
         *     {@code INVALID_ARGUMENT} where it transforms no records
         */
        Supplier<DeliveryFunction> find(String name);
    }
}
