package io.millrace.spi.format;

import org.jspecify.annotations.Nullable;

/**
 * What a file says of one of its flat columns. Bounds are {@link Boolean}, {@link Integer}, {@link Long}, {@link
 * Float}, {@link Double} or {@code byte[]}, as the values lie in the file: a DECIMAL is its unscaled number, bytes of it
 * the highest first.
 *
 * @param bytes length in the file
 * @param values how many values there are, NULLs among them
 * @param nulls how many of those are NULL; -1 where the file does not say
 * @param min the least value, or null where the file does not say
 * @param max the greatest value, or null where the file does not say
 */
public record ColumnSummary(
        long bytes,
        long values,
        long nulls,
        @Nullable Object min,
        @Nullable Object max) {}
