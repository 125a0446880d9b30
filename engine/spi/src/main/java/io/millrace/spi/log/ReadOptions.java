package io.millrace.spi.log;

import io.millrace.spi.type.DataType.RowType;

/**
 * What a reader wants of each entry; the rest is not read.
 *
 * @param columns the fields wanted of typed rows, found by name. A field that a stored row lacks reads
 *     as NULL.
 * @param partitionKeys whether the partition keys are wanted
 */
public record ReadOptions(RowType columns, boolean partitionKeys) {

    /** Wants records only, with their keys. Typed rows come without columns. */
    public static final ReadOptions RECORDS = new ReadOptions(RowType.of(), true);
}
