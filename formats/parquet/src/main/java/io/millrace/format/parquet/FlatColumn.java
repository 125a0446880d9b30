package io.millrace.format.parquet;

import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DecimalType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * A column of the top level in a row group, of numbers or bytes, which are most columns of most files: its pages of the
 * first version are made here from whole slices of rows, while parquet-java asks several objects for each value.
 *
 * <pre>
 *   page      levels (where NULL may be)  │ values, or places in the dictionary
 *   levels    length in four bytes        │ {@link HybridRuns} of 1 for a value and 0 for NULL
 *   places    their bits in a byte        │ {@link HybridRuns}
 * </pre>
 *
 * <p>Each column begins with a dictionary, and ends to have one where its first page is no shorter for it, or where it
 * gets longer than a page. For one thread.
 */
abstract class FlatColumn {

    private static final int LEVEL_BITS = 1;

    /** A page has less than a slice more than its rows, and {@link HybridRuns} wants room behind them. */
    private static final int LEVELS_MAX =
            ParquetRowFileWriter.PAGE_ROWS_MAX + ParquetRowFileWriter.SLICE_ROWS + Byte.SIZE;

    private final ColumnDescriptor column;
    private final boolean nullable;
    private final PageWriter pages;
    private final int pageBytes;
    private final int[] present = new int[ParquetRowFileWriter.SLICE_ROWS];
    private final HybridRuns encoded = new HybridRuns();
    private final int[] levels;

    /** The values of the page, as they are without a dictionary. */
    byte[] plain = new byte[16 << 10];

    int plainLength;

    /** Where the values of the page are in the dictionary, with room behind them for {@link HybridRuns}. */
    private int[] places = new int[ParquetRowFileWriter.SLICE_ROWS + Byte.SIZE];

    private boolean dictionaryGrows;
    private boolean dictionaryUsed;
    private int rows;
    private int nulls;

    FlatColumn(ColumnDescriptor column, PageWriter pages, ParquetOptions options) {
        this.column = column;
        this.nullable = column.getMaxDefinitionLevel() > 0;
        this.pages = pages;
        this.pageBytes = options.pageBytes();
        this.dictionaryGrows = options.dictionary();
        this.levels = nullable ? new int[LEVELS_MAX] : new int[0];
    }

    /** Returns whether columns of a type are written like this. */
    static boolean writes(DataType type, ParquetOptions options) {
        if (!options.isFirstVersion() || type instanceof DecimalType) {
            return false;
        }
        return switch (type.storage()) {
            case INT, LONG, DOUBLE, BYTES -> true;
            case BOOLEAN, FLOAT, DECIMAL128, ARRAY, ROW -> false;
        };
    }

    static FlatColumn of(DataType type, ColumnDescriptor column, PageWriter pages, ParquetOptions options) {
        return switch (type.storage()) {
            case BYTES -> new BytesFlatColumn(column, pages, options);
            default -> new FixedFlatColumn(type.storage(), column, pages, options);
        };
    }

    /** Writes a slice of rows: {@code from} to {@code to} of the selection, or of the column. */
    final void write(Column cells, int @Nullable [] selection, int from, int to) throws IOException {
        int at = from;
        while (at < to) {
            int end = partEnd(cells, selection, at, to, pageBytes);
            writePart(cells, selection, at, end);
            at = end;
        }
    }

    /** Returns the end of rows from {@code from} on which have about so many bytes and no more than a row above. */
    int partEnd(Column cells, int @Nullable [] selection, int from, int to, int bytesMax) {
        return to;
    }

    private void writePart(Column cells, int @Nullable [] selection, int from, int to) throws IOException {
        int count = to - from;
        int there = present(cells.nulls(), selection, from, count);
        put(cells, present, there);
        if (dictionaryGrows) {
            int before = rows - nulls;
            if (places.length < before + there + Byte.SIZE) {
                places = Arrays.copyOf(places, 2 * (before + there) + Byte.SIZE);
            }
            place(cells, present, there, places, before);
            // The page is written without it then; what was written with it needs it.
            dictionaryGrows = dictionary().bytes() <= pageBytes;
        }
        rows += count;
        nulls += count - there;
        if (rows >= ParquetRowFileWriter.PAGE_ROWS_MAX || plainLength >= pageBytes) {
            writePage();
        }
    }

    /** Finds the rows that have a value, and notes the levels. */
    private int present(boolean @Nullable [] absent, int @Nullable [] selection, int from, int count) {
        if (nullable) {
            Arrays.fill(levels, rows, rows + count, 1);
        }
        int there = 0;
        for (int i = 0; i < count; i++) {
            int row = selection == null ? from + i : selection[from + i];
            present[there] = row;
            if (absent != null && row < absent.length && absent[row]) {
                levels[rows + i] = 0;
            } else {
                there++;
            }
        }
        return there;
    }

    /** Appends values to {@link #plain}, and looks for the least and the greatest. */
    abstract void put(Column cells, int[] present, int count);

    /** Finds the places of values in the dictionary. */
    abstract void place(Column cells, int[] present, int count, int[] into, int at);

    abstract ValueDictionary dictionary();

    /** Tells the least and the greatest value of the page, which has some. */
    abstract void tell(Statistics<?> statistics);

    /** Forgets the values of the page. */
    abstract void clear();

    final void reserve(int more) {
        int needed = Math.addExact(plainLength, more);
        if (needed > plain.length) {
            plain = Arrays.copyOf(plain, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * plain.length)));
        }
    }

    /** Returns about how many bytes are held. */
    final long heldBytes() {
        return pages.getMemSize()
                + plainLength
                + (dictionaryGrows ? dictionary().bytes() : 0);
    }

    /** Writes what is left, and the dictionary where a page needs it. */
    @SuppressWarnings("deprecation") // what pages of the first version are in
    final void end() throws IOException {
        if (rows > 0) {
            writePage();
        }
        if (dictionaryUsed) {
            pages.writeDictionaryPage(
                    new DictionaryPage(dictionary().toBytes(), dictionary().size(), Encoding.PLAIN_DICTIONARY));
        }
    }

    @SuppressWarnings("deprecation") // what pages of the first version are in
    private void writePage() throws IOException {
        encoded.clear();
        if (nullable) {
            appendLevels();
        }
        int levelBytes = encoded.length();
        boolean placed = dictionaryGrows && appendPlaces(levelBytes);
        BytesInput own = BytesInput.from(encoded.bytes(), 0, placed ? encoded.length() : levelBytes);
        pages.writePage(
                placed ? own : BytesInput.concat(own, BytesInput.from(plain, 0, plainLength)),
                rows,
                rows,
                statistics(),
                sizes(),
                null,
                Encoding.BIT_PACKED,
                nullable ? Encoding.RLE : Encoding.BIT_PACKED,
                placed ? Encoding.PLAIN_DICTIONARY : Encoding.PLAIN);
        dictionaryUsed |= placed;
        rows = 0;
        nulls = 0;
        plainLength = 0;
        clear();
    }

    private void appendLevels() {
        encoded.appendInt(0);
        if (nulls == 0) {
            encoded.appendRun(1, rows, LEVEL_BITS);
        } else {
            encoded.append(levels, rows, LEVEL_BITS);
        }
        encoded.putInt(0, encoded.length() - Integer.BYTES);
    }

    /** Appends the places of the values, and returns whether the page is to have them. */
    private boolean appendPlaces(int start) {
        int width = HybridRuns.width(dictionary().size() - 1);
        encoded.append(width);
        encoded.append(places, rows - nulls, width);
        if (!dictionaryUsed) {
            dictionaryGrows = encoded.length() - start + dictionary().bytes() < plainLength;
        }
        return dictionaryGrows;
    }

    private Statistics<?> statistics() {
        Statistics<?> statistics = Statistics.createStats(column.getPrimitiveType());
        statistics.incrementNumNulls(nulls);
        if (rows > nulls) {
            tell(statistics);
        }
        return statistics;
    }

    /** There are no levels above one, which alone are counted. */
    private SizeStatistics sizes() {
        return new SizeStatistics(
                column.getPrimitiveType(), unencodedBytes(rows - nulls), new ArrayList<>(), new ArrayList<>());
    }

    /** Returns how many bytes so many values have that know their length; 0 where all are equally long. */
    abstract long unencodedBytes(int values);
}
