package io.millrace.format.parquet;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.type.Storage;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.DoubleStatistics;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;

/** Columns of INT32, INT64 and DOUBLE, all as bits of a long. */
final class FixedFlatColumn extends FlatColumn {

    private static final long NAN = Double.doubleToLongBits(Double.NaN);

    private final Storage storage;
    private final int width;
    private final FixedDictionary dictionary;
    private final long[] bits = new long[ParquetRowFileWriter.SLICE_ROWS];

    /** The least and the greatest value; those of DOUBLE as numbers of the same order. */
    private long min = Long.MAX_VALUE;

    private long max = Long.MIN_VALUE;
    private int nans;

    FixedFlatColumn(Storage storage, ColumnDescriptor column, PageWriter pages, ParquetOptions options) {
        super(column, pages, options);
        this.storage = storage;
        this.width = storage == Storage.INT ? Integer.BYTES : Long.BYTES;
        this.dictionary = new FixedDictionary(width);
    }

    @Override
    void put(Column cells, int[] present, int count) {
        switch (cells) {
            case IntColumn ints -> {
                int[] values = ints.values();
                for (int i = 0; i < count; i++) {
                    bits[i] = values[present[i]];
                }
            }
            case LongColumn longs -> {
                long[] values = longs.values();
                for (int i = 0; i < count; i++) {
                    bits[i] = values[present[i]];
                }
            }
            default -> {
                double[] values = ((DoubleColumn) cells).values();
                for (int i = 0; i < count; i++) {
                    bits[i] = Double.doubleToLongBits(values[present[i]]);
                }
            }
        }
        reserve(count * width);
        PlainValues.putFixed(bits, count, width, plain, plainLength);
        plainLength += count * width;
        compare(count);
    }

    private void compare(int count) {
        long least = min;
        long greatest = max;
        if (storage == Storage.DOUBLE) {
            for (int i = 0; i < count; i++) {
                if (bits[i] == NAN) {
                    nans++;
                } else {
                    least = Math.min(least, ordered(bits[i]));
                    greatest = Math.max(greatest, ordered(bits[i]));
                }
            }
        } else {
            for (int i = 0; i < count; i++) {
                least = Math.min(least, bits[i]);
                greatest = Math.max(greatest, bits[i]);
            }
        }
        min = least;
        max = greatest;
    }

    /** Returns the bits of a DOUBLE as a number with the order of {@link Double#compare}, and such a number as bits. */
    private static long ordered(long bits) {
        return bits ^ ((bits >> (Long.SIZE - 1)) & Long.MAX_VALUE);
    }

    @Override
    void place(Column cells, int[] present, int count, int[] into, int at) {
        for (int i = 0; i < count; i++) {
            into[at + i] = dictionary.place(bits[i]);
        }
    }

    @Override
    ValueDictionary dictionary() {
        return dictionary;
    }

    @Override
    void tell(Statistics<?> statistics) {
        switch (statistics) {
            case IntStatistics ints -> {
                ints.updateStats((int) min);
                ints.updateStats((int) max);
            }
            case LongStatistics longs -> {
                longs.updateStats(min);
                longs.updateStats(max);
            }
            default -> tell((DoubleStatistics) statistics);
        }
    }

    /** NaN is beside all order: it is counted, and no bound. */
    private void tell(DoubleStatistics doubles) {
        for (int i = 0; i < nans; i++) {
            doubles.updateStats(Double.NaN);
        }
        if (min <= max) {
            doubles.updateStats(Double.longBitsToDouble(ordered(min)));
            doubles.updateStats(Double.longBitsToDouble(ordered(max)));
        }
    }

    @Override
    void clear() {
        nans = 0;
        min = Long.MAX_VALUE;
        max = Long.MIN_VALUE;
    }

    @Override
    long unencodedBytes(int values) {
        return 0;
    }
}
