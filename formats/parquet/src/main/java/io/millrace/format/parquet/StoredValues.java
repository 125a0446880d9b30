package io.millrace.format.parquet;

import io.millrace.spi.row.ByteDictionary;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.FloatColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Values of one physical type, whose form in a file is that of our columns but for the order of bytes: those of a page,
 * one behind the other, and those of a dictionary. For one thread.
 */
abstract sealed class StoredValues {

    /** The values of the page that are not read yet. */
    ByteBuffer page = ByteBuffer.allocate(0);

    final void page(byte[] data, int start, int end) {
        page = ByteBuffer.wrap(data, start, end - start).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Takes the values of a dictionary, for all pages to come. */
    abstract void dictionary(byte[] data, int count);

    /** Writes the next values of the page to rows that follow one another. */
    abstract void plain(Column to, int row, int count);

    /** Writes values of the dictionary to rows that follow one another. */
    abstract void gather(Column to, int row, int[] codes, int count);

    /** Moves values that lie one behind the other from a row on to those rows that are not NULL, the last one first. */
    abstract void spread(Column to, int row, boolean[] nulls, int count, int values);

    static final class Ints extends StoredValues {
        private int[] dictionary = {};

        @Override
        void dictionary(byte[] data, int count) {
            dictionary = new int[count];
            ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(dictionary);
        }

        @Override
        void plain(Column to, int row, int count) {
            page.asIntBuffer().get(((IntColumn) to).values(), row, count);
            page.position(page.position() + count * Integer.BYTES);
        }

        @Override
        void gather(Column to, int row, int[] codes, int count) {
            int[] values = ((IntColumn) to).values();
            for (int i = 0; i < count; i++) {
                values[row + i] = dictionary[codes[i]];
            }
        }

        @Override
        void spread(Column to, int row, boolean[] nulls, int count, int values) {
            int[] all = ((IntColumn) to).values();
            for (int at = row + count - 1, from = row + values - 1; from >= row; at--) {
                if (!nulls[at]) {
                    all[at] = all[from--];
                }
            }
        }
    }

    static final class Longs extends StoredValues {
        private long[] dictionary = {};

        @Override
        void dictionary(byte[] data, int count) {
            dictionary = new long[count];
            ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(dictionary);
        }

        @Override
        void plain(Column to, int row, int count) {
            page.asLongBuffer().get(((LongColumn) to).values(), row, count);
            page.position(page.position() + count * Long.BYTES);
        }

        @Override
        void gather(Column to, int row, int[] codes, int count) {
            long[] values = ((LongColumn) to).values();
            for (int i = 0; i < count; i++) {
                values[row + i] = dictionary[codes[i]];
            }
        }

        @Override
        void spread(Column to, int row, boolean[] nulls, int count, int values) {
            long[] all = ((LongColumn) to).values();
            for (int at = row + count - 1, from = row + values - 1; from >= row; at--) {
                if (!nulls[at]) {
                    all[at] = all[from--];
                }
            }
        }
    }

    static final class Floats extends StoredValues {
        private float[] dictionary = {};

        @Override
        void dictionary(byte[] data, int count) {
            dictionary = new float[count];
            ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(dictionary);
        }

        @Override
        void plain(Column to, int row, int count) {
            page.asFloatBuffer().get(((FloatColumn) to).values(), row, count);
            page.position(page.position() + count * Float.BYTES);
        }

        @Override
        void gather(Column to, int row, int[] codes, int count) {
            float[] values = ((FloatColumn) to).values();
            for (int i = 0; i < count; i++) {
                values[row + i] = dictionary[codes[i]];
            }
        }

        @Override
        void spread(Column to, int row, boolean[] nulls, int count, int values) {
            float[] all = ((FloatColumn) to).values();
            for (int at = row + count - 1, from = row + values - 1; from >= row; at--) {
                if (!nulls[at]) {
                    all[at] = all[from--];
                }
            }
        }
    }

    static final class Doubles extends StoredValues {
        private double[] dictionary = {};

        @Override
        void dictionary(byte[] data, int count) {
            dictionary = new double[count];
            ByteBuffer.wrap(data)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asDoubleBuffer()
                    .get(dictionary);
        }

        @Override
        void plain(Column to, int row, int count) {
            page.asDoubleBuffer().get(((DoubleColumn) to).values(), row, count);
            page.position(page.position() + count * Double.BYTES);
        }

        @Override
        void gather(Column to, int row, int[] codes, int count) {
            double[] values = ((DoubleColumn) to).values();
            for (int i = 0; i < count; i++) {
                values[row + i] = dictionary[codes[i]];
            }
        }

        @Override
        void spread(Column to, int row, boolean[] nulls, int count, int values) {
            double[] all = ((DoubleColumn) to).values();
            for (int at = row + count - 1, from = row + values - 1; from >= row; at--) {
                if (!nulls[at]) {
                    all[at] = all[from--];
                }
            }
        }
    }

    /** Values of any length. Rows of one batch are of one page, whose bytes or whose dictionary they are slices of. */
    static final class Bytes extends StoredValues {
        private ByteDictionary dictionary = new ByteDictionary(new byte[0], new int[0], new int[0]);
        private int[] codes = {};

        @Override
        void dictionary(byte[] data, int count) {
            int[] starts = new int[count];
            int[] ends = new int[count];
            slices(ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN), starts, ends, 0, count);
            dictionary = new ByteDictionary(data, starts, ends);
        }

        private static void slices(ByteBuffer from, int[] starts, int[] ends, int row, int count) {
            int at = from.position();
            for (int i = row; i < row + count; i++) {
                int length = from.getInt(at);
                at += Integer.BYTES;
                if (length < 0 || length > from.limit() - at) {
                    throw new IllegalArgumentException("a value is longer than its page");
                }
                starts[i] = at;
                at += length;
                ends[i] = at;
            }
            from.position(at);
        }

        @Override
        void plain(Column to, int row, int count) {
            BytesColumn values = (BytesColumn) to;
            values.share(page.array());
            slices(page, values.starts(), values.ends(), row, count);
        }

        @Override
        void gather(Column to, int row, int[] places, int count) {
            BytesColumn values = (BytesColumn) to;
            if (codes.length < values.capacity()) {
                codes = new int[values.capacity()];
            }
            System.arraycopy(places, 0, codes, row, count);
            values.share(dictionary, codes, row, count);
        }

        @Override
        void spread(Column to, int row, boolean[] nulls, int count, int values) {
            BytesColumn all = (BytesColumn) to;
            int[] starts = all.starts();
            int[] ends = all.ends();
            boolean coded = all.dictionary() != null;
            for (int at = row + count - 1, from = row + values - 1; from >= row; at--) {
                if (!nulls[at]) {
                    starts[at] = starts[from];
                    ends[at] = ends[from];
                    if (coded) {
                        codes[at] = codes[from];
                    }
                    from--;
                }
            }
        }
    }
}
