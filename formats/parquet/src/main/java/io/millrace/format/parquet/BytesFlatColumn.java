package io.millrace.format.parquet;

import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.BinaryStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/** Columns of BYTE_ARRAY: text and bytes, each with its length before it. */
final class BytesFlatColumn extends FlatColumn {

    private final BytesDictionary dictionary = new BytesDictionary();
    private byte[] min = {};
    private byte[] max = {};

    /**
     * The first and the second eight bytes of the least and the greatest value, as unsigned numbers: most others are told
     * apart by those, be there a common beginning.
     */
    private long minHead;

    private long minNext;
    private long maxHead;
    private long maxNext;
    private boolean bounded;

    BytesFlatColumn(ColumnDescriptor column, PageWriter pages, ParquetOptions options) {
        super(column, pages, options);
    }

    @Override
    int partEnd(Column cells, int @Nullable [] selection, int from, int to, int bytesMax) {
        BytesColumn values = (BytesColumn) cells;
        long bytes = 0;
        int end = from;
        while (end < to && bytes < bytesMax) {
            int row = selection == null ? end : selection[end];
            bytes += values.ends()[row] - values.starts()[row];
            end++;
        }
        return end;
    }

    @Override
    void put(Column cells, int[] present, int count) {
        BytesColumn values = (BytesColumn) cells;
        int[] starts = values.starts();
        int[] ends = values.ends();
        long more = (long) count * Integer.BYTES;
        for (int i = 0; i < count; i++) {
            more += ends[present[i]] - starts[present[i]];
        }
        reserve(Math.toIntExact(more));
        for (int i = 0; i < count; i++) {
            int row = present[i];
            append(values.data(row), starts[row], ends[row] - starts[row]);
        }
    }

    private void append(byte[] data, int start, int length) {
        PlainValues.putInt(plain, plainLength, length);
        System.arraycopy(data, start, plain, plainLength + Integer.BYTES, length);
        plainLength += Integer.BYTES + length;
        long head = head(data, start, length);
        int toMin = Long.compareUnsigned(head, minHead);
        int toMax = Long.compareUnsigned(head, maxHead);
        if (toMin > 0 && toMax < 0 && bounded) {
            return;
        }
        long next = next(data, start, length);
        if (!bounded
                || toMin < 0
                || toMax > 0
                || (toMin == 0 && Long.compareUnsigned(next, minNext) <= 0)
                || (toMax == 0 && Long.compareUnsigned(next, maxNext) >= 0)) {
            bound(data, start, length, head, next);
        }
    }

    private static long next(byte[] data, int start, int length) {
        return length <= Long.BYTES ? 0 : head(data, start + Long.BYTES, length - Long.BYTES);
    }

    /** Returns the first eight bytes, with zeros behind a value that has fewer. */
    private static long head(byte[] data, int start, int length) {
        if (start + Long.BYTES <= data.length) {
            long head = Long.reverseBytes(PlainValues.longAt(data, start));
            return length >= Long.BYTES ? head : length == 0 ? 0 : head & (-1L << ((Long.BYTES - length) * Byte.SIZE));
        }
        long head = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            head = head << Byte.SIZE | (i < length ? data[start + i] & 0xff : 0);
        }
        return head;
    }

    private void bound(byte[] data, int start, int length, long head, long next) {
        int end = start + length;
        if (!bounded || Arrays.compareUnsigned(data, start, end, min, 0, min.length) < 0) {
            min = Arrays.copyOfRange(data, start, end);
            minHead = head;
            minNext = next;
        }
        if (!bounded || Arrays.compareUnsigned(data, start, end, max, 0, max.length) > 0) {
            max = Arrays.copyOfRange(data, start, end);
            maxHead = head;
            maxNext = next;
        }
        bounded = true;
    }

    @Override
    void place(Column cells, int[] present, int count, int[] into, int at) {
        BytesColumn values = (BytesColumn) cells;
        int[] starts = values.starts();
        int[] ends = values.ends();
        for (int i = 0; i < count; i++) {
            int row = present[i];
            into[at + i] = dictionary.place(values.data(row), starts[row], ends[row] - starts[row]);
        }
    }

    @Override
    ValueDictionary dictionary() {
        return dictionary;
    }

    @Override
    void tell(Statistics<?> statistics) {
        BinaryStatistics bounds = (BinaryStatistics) statistics;
        bounds.updateStats(Binary.fromConstantByteArray(min));
        bounds.updateStats(Binary.fromConstantByteArray(max));
    }

    @Override
    void clear() {
        bounded = false;
    }

    @Override
    long unencodedBytes(int values) {
        return plainLength - (long) values * Integer.BYTES;
    }
}
