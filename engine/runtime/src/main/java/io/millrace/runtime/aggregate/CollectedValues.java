package io.millrace.runtime.aggregate;

import io.millrace.runtime.aggregate.OrderedEntries.Entries;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowColumn;
import io.millrace.spi.type.DataType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The functions of the ordered rows of a group. The first column that is kept is the value, unless said otherwise. */
final class CollectedValues {

    /** Bytes that one result may have. */
    private static final int TEXT_MAX = 64 << 20;

    private CollectedValues() {}

    /** Returns the joining of texts. */
    static Collected joined(String separator) {
        byte[] between = separator.getBytes(StandardCharsets.UTF_8);
        return (rows, entries, total, out, row) -> {
            BytesColumn texts = (BytesColumn) rows.column(0);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            boolean first = true;
            for (int i = 0; i < entries.size; i++) {
                int place = entries.places[i];
                for (int n = 0; n < entries.counts[i]; n++) {
                    if (!first) {
                        all.writeBytes(between);
                    }
                    first = false;
                    all.write(texts.data(), texts.starts()[place], texts.length(place));
                    checkLength(all.size());
                }
            }
            ((BytesColumn) out).append(row, all.toByteArray());
        };
    }

    private static void checkLength(int length) {
        if (length > TEXT_MAX) {
            throw new MillraceException(
                    ErrorCode.LIMIT_EXCEEDED, "joined text would be longer than " + TEXT_MAX + " bytes");
        }
    }

    /** Writes all values. */
    static void array(OrderedEntries rows, Entries entries, long total, Column out, int row) {
        ArrayColumn array = (ArrayColumn) out;
        int start = array.elementCount();
        int at = start;
        array.elements().ensureCapacity(Math.toIntExact(start + total));
        for (int i = 0; i < entries.size; i++) {
            for (int n = 0; n < entries.counts[i]; n++) {
                array.elements().copyFrom(rows.column(0), entries.places[i], at++);
            }
        }
        array.range(row, start, at);
    }

    /** Writes the value of the first row. */
    static void first(OrderedEntries rows, Entries entries, long total, Column out, int row) {
        out.copyFrom(rows.column(0), at(entries, 0), row);
    }

    /** Writes the most frequent value. */
    static void mode(OrderedEntries rows, Entries entries, long total, Column out, int row) {
        int best = 0;
        for (int i = 1; i < entries.size; i++) {
            best = entries.counts[i] > entries.counts[best] ? i : best;
        }
        out.copyFrom(rows.column(0), entries.places[best], row);
    }

    /** Returns the value at a share of the rows. */
    static Collected discrete(double share) {
        return (rows, entries, total, out, row) ->
                out.copyFrom(rows.column(0), at(entries, (long) Math.ceil(share * total) - 1), row);
    }

    /** Returns the number at a share of the way from the first to the last. */
    static Collected continuous(double share, DataType type) {
        return (rows, entries, total, out, row) -> {
            double place = share * (total - 1);
            long below = (long) Math.floor(place);
            double low = NumberWriter.read(type, rows.column(0), at(entries, below));
            double part = place - below;
            if (part > 0) {
                double high = NumberWriter.read(type, rows.column(0), at(entries, below + 1));
                low += part * (high - low);
            }
            ((DoubleColumn) out).set(row, low);
        };
    }

    /** Returns the number that has a share of the numbers up to it, as an estimate of it would be exact. */
    static Collected quantile(double share, DataType type) {
        return (rows, entries, total, out, row) -> {
            int place = at(entries, (long) Math.ceil(share * total) - 1);
            ((DoubleColumn) out).set(row, NumberWriter.read(type, rows.column(0), place));
        };
    }

    /** Returns the numbers that part all into equal shares, with the first and the last. */
    static Collected quantiles(int shares, DataType type) {
        return (rows, entries, total, out, row) -> {
            ArrayColumn array = (ArrayColumn) out;
            DoubleColumn numbers = (DoubleColumn) array.elements();
            int start = array.elementCount();
            numbers.ensureCapacity(start + shares + 1);
            for (int i = 0; i <= shares; i++) {
                int place = at(entries, (long) Math.ceil((double) i / shares * total) - 1);
                numbers.set(start + i, NumberWriter.read(type, rows.column(0), place));
            }
            array.range(row, start, start + shares + 1);
        };
    }

    /** Returns the most frequent values with their counts. */
    static Collected mostFrequent(int count) {
        return (rows, entries, total, out, row) -> {
            int[] best = IntStream.range(0, entries.size)
                    .filter(i -> entries.counts[i] > 0)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingInt(i -> -entries.counts[i])
                            .thenComparingInt(i -> i))
                    .limit(count)
                    .mapToInt(Integer::intValue)
                    .toArray();
            ArrayColumn array = (ArrayColumn) out;
            RowColumn pairs = (RowColumn) array.elements();
            int start = array.elementCount();
            pairs.ensureCapacity(start + best.length);
            for (int i = 0; i < best.length; i++) {
                pairs.field(0).copyFrom(rows.column(0), entries.places[best[i]], start + i);
                ((LongColumn) pairs.field(1)).set(start + i, entries.counts[best[i]]);
            }
            array.range(row, start, start + best.length);
        };
    }

    /** Returns where the row with this number, from 0, lies. */
    private static int at(Entries entries, long number) {
        long before = 0;
        int last = 0;
        for (int i = 0; i < entries.size; i++) {
            if (entries.counts[i] > 0) {
                before += entries.counts[i];
                last = i;
                if (before > number) {
                    break;
                }
            }
        }
        return entries.places[last];
    }
}
