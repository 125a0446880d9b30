package io.millrace.format.parquet;

import io.millrace.spi.row.Column;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.Set;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.jspecify.annotations.Nullable;

/**
 * Reads a column that lies in no array and no other column, many rows at a time: pages whose values lie one behind the
 * other, and pages of places in a dictionary. For one thread.
 */
@SuppressWarnings("ByteBufferBackingArray") // bytes() gives only such as begin with their array
final class FlatReader {

    /** Old names among them: files have what their writers knew. */
    @SuppressWarnings("deprecation")
    private static final Set<Encoding> KNOWN = EnumSet.of(
            Encoding.PLAIN, Encoding.PLAIN_DICTIONARY, Encoding.RLE_DICTIONARY, Encoding.RLE, Encoding.BIT_PACKED);

    private final PageChunk pages;
    private final StoredValues values;
    private final boolean nullable;
    private int[] scratch = {};

    /** Values of the page that are not read, NULLs among them. */
    private int left;

    private @Nullable PackedInts levels;

    /** Places in the dictionary, or null where the page has values. */
    private @Nullable PackedInts codes;

    private boolean hasDictionary;

    private FlatReader(PageChunk pages, StoredValues values, boolean nullable) {
        this.pages = pages;
        this.values = values;
        this.nullable = nullable;
        DictionaryPage dictionary = pages.readDictionaryPage();
        if (dictionary != null) {
            values.dictionary(array(bytes(dictionary.getBytes())), dictionary.getDictionarySize());
            hasDictionary = true;
        }
    }

    /** Returns whether a column's chunk can be read so. */
    static boolean reads(Assembler.Leaf leaf, ColumnDescriptor column, ColumnChunkMetaData chunk) {
        return leaf.asStored()
                && column.getMaxRepetitionLevel() == 0
                && column.getMaxDefinitionLevel() <= 1
                && KNOWN.containsAll(chunk.getEncodings());
    }

    static FlatReader open(ColumnDescriptor column, PageChunk pages) {
        StoredValues values = switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> new StoredValues.Ints();
            case INT64 -> new StoredValues.Longs();
            case FLOAT -> new StoredValues.Floats();
            case DOUBLE -> new StoredValues.Doubles();
            case BINARY -> new StoredValues.Bytes();
            default -> throw new IllegalStateException("not stored as it is kept: " + column);
        };
        return new FlatReader(pages, values, column.getMaxDefinitionLevel() > 0);
    }

    /**
     * Returns how many rows can be read into one batch: any number, or as many as are left of the page where they will be
     * slices of its bytes.
     */
    int readable() {
        if (!(values instanceof StoredValues.Bytes)) {
            return Integer.MAX_VALUE;
        }
        nextPage();
        return left;
    }

    /** Reads the next rows into the first ones of a column that is empty and has room for them. */
    void read(Column to, int count) {
        for (int row = 0; row < count; ) {
            nextPage();
            int some = Math.min(left, count - row);
            read(to, row, some);
            left -= some;
            row += some;
        }
    }

    private void read(Column to, int row, int count) {
        int there = nullable ? levels(to, row, count) : count;
        PackedInts places = codes;
        if (places == null) {
            values.plain(to, row, there);
        } else {
            int[] numbers = scratch(count);
            places.read(numbers, 0, there);
            values.gather(to, row, numbers, there);
        }
        boolean[] nulls = to.nulls();
        if (there < count && nulls != null) {
            values.spread(to, row, nulls, count, there);
        }
    }

    /** Marks which rows are NULL, and returns how many are not. */
    private int levels(Column to, int row, int count) {
        PackedInts marks = levels;
        if (marks == null) {
            return count;
        }
        int[] defined = scratch(count);
        marks.read(defined, 0, count);
        int there = 0;
        for (int i = 0; i < count; i++) {
            there += defined[i];
        }
        if (there < count) {
            boolean[] nulls = to.nullsForWriting();
            for (int i = 0; i < count; i++) {
                nulls[row + i] = defined[i] == 0;
            }
        }
        return there;
    }

    private int[] scratch(int count) {
        if (scratch.length < count) {
            scratch = new int[count];
        }
        return scratch;
    }

    private void nextPage() {
        while (left == 0) {
            DataPage page = pages.readPage();
            if (page == null) {
                throw new IllegalArgumentException("a column has fewer values than rows");
            }
            switch (page) {
                case DataPageV1 v1 -> open(v1);
                case DataPageV2 v2 -> open(v2);
                default -> throw new IllegalArgumentException("a page of no known kind");
            }
            left = page.getValueCount();
        }
    }

    private void open(DataPageV1 page) {
        ByteBuffer bytes = bytes(page.getBytes());
        levels = null;
        if (nullable) {
            if (page.getDlEncoding() != Encoding.RLE) {
                throw new IllegalArgumentException("levels in " + page.getDlEncoding());
            }
            int length = bytes.getInt();
            if (length < 0 || length > bytes.remaining()) {
                throw new IllegalArgumentException("a page's levels are longer than the page");
            }
            int start = bytes.position();
            levels = new PackedInts(bytes.array(), start, start + length, 1);
            bytes.position(start + length);
        }
        open(page.getValueEncoding(), bytes);
    }

    private void open(DataPageV2 page) {
        ByteBuffer marks = bytes(page.getDefinitionLevels());
        levels = nullable ? new PackedInts(marks.array(), marks.position(), marks.limit(), 1) : null;
        open(page.getDataEncoding(), bytes(page.getData()));
    }

    private void open(Encoding encoding, ByteBuffer bytes) {
        if (encoding == Encoding.PLAIN) {
            codes = null;
            values.page(bytes.array(), bytes.position(), bytes.limit());
            return;
        }
        if (!encoding.usesDictionary() || !hasDictionary) {
            throw new IllegalArgumentException("a page in " + encoding + " that its column chunk does not tell of");
        }
        // A page of nothing but NULLs may have no byte.
        int width = bytes.hasRemaining() ? bytes.get() : 0;
        codes = new PackedInts(bytes.array(), bytes.position(), bytes.limit(), width);
    }

    /** Copies nothing where the bytes lie in one array, as those of our pages do. */
    private static ByteBuffer bytes(BytesInput input) {
        ByteBuffer bytes = input.toByteBuffer(HeapByteBufferAllocator.getInstance(), unused -> {});
        if (bytes.hasArray() && bytes.arrayOffset() == 0) {
            return bytes.order(ByteOrder.LITTLE_ENDIAN);
        }
        return ByteBuffer.wrap(array(bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] array(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }
}
