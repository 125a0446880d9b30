package io.millrace.format.parquet;

import io.millrace.spi.format.FieldIds;
import io.millrace.spi.format.FileSummary;
import io.millrace.spi.format.TableFileWriter;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Writes a Parquet file.
 *
 * <p>A batch is written column by column, {@link #SLICE_ROWS} rows at a time. The column writers ask whether
 * their pages are full only when they are told that a row has ended, and count a page's rows by that; so the
 * question must fall where all columns are equally far, which is after a slice: it is set to come exactly every
 * {@link #SLICE_ROWS} rows, and no slice reaches over that line.
 */
final class ParquetRowFileWriter implements TableFileWriter {

    static final int SLICE_ROWS = 1024;
    static final int PAGE_ROWS_MAX = 20 * SLICE_ROWS;

    private final MessageType schema;
    private final RowType type;
    private final Shredder[] shredders;

    /** Of the fields at the top, those that {@link FlatColumn} writes. */
    private final boolean[] flat;

    /** The columns of all others; null where there are none. */
    private final @Nullable MessageType nested;

    private final ParquetOptions options;
    private final ParquetProperties properties;
    private final ParquetFileWriter file;
    private final Map<String, String> notes = new TreeMap<>();
    private @Nullable RowGroup group;
    private int groups;

    /** @param ids the numbers of the fields, or null where they have none */
    ParquetRowFileWriter(RowType type, @Nullable List<FieldIds> ids, OutputStream out, ParquetOptions options)
            throws IOException {
        this.schema = WriteSchema.of(type, ids);
        this.type = type;
        this.shredders = Shredder.fields(type, "", 0);
        this.flat = new boolean[type.size()];
        List<Type> others = new ArrayList<>();
        for (int i = 0; i < flat.length; i++) {
            flat[i] = FlatColumn.writes(type.field(i).type(), options);
            if (!flat[i]) {
                others.add(schema.getType(i));
            }
        }
        this.nested = others.isEmpty() ? null : new MessageType(schema.getName(), others);
        this.options = options;
        this.properties = ParquetProperties.builder()
                .withAllocator(HeapByteBufferAllocator.getInstance())
                .withPageSize(options.pageBytes())
                .withDictionaryPageSize(options.pageBytes())
                .withDictionaryEncoding(options.dictionary())
                .withWriterVersion(options.version())
                .withMinRowCountForPageSizeCheck(SLICE_ROWS)
                .withMaxRowCountForPageSizeCheck(SLICE_ROWS)
                .withPageRowCountLimit(PAGE_ROWS_MAX)
                .build();
        this.file = new ParquetFileWriter(
                new StreamFile(out),
                schema,
                ParquetFileWriter.Mode.CREATE,
                options.rowGroupBytes(),
                0,
                options.encryption() == null ? null : options.encryption().properties(schema),
                properties);
        file.start();
    }

    @Override
    public void write(RowBatch rows) throws IOException {
        check(rows);
        int count = rows.selectedCount();
        int done = 0;
        while (done < count) {
            RowGroup open = group();
            int slice = Math.min(count - done, SLICE_ROWS - (int) (open.rows % SLICE_ROWS));
            open.write(rows, done, done + slice);
            done += slice;
            if (open.heldBytes() >= options.rowGroupBytes()) {
                endGroup(open);
            }
        }
    }

    /** Asked before any row is written, so that a refused batch leaves no trace. */
    @Override
    public void check(RowBatch rows) {
        for (int c = 0; c < shredders.length; c++) {
            if (shredders[c].mayRefuse(rows.column(c))) {
                for (int i = 0; i < rows.selectedCount(); i++) {
                    shredders[c].check(rows.column(c), rows.selectedRow(i));
                }
            }
        }
    }

    @Override
    public long estimatedBytes() {
        try {
            return file.getPos() + (group == null ? 0 : group.heldBytes());
        } catch (IOException e) {
            throw new IllegalStateException("a counter cannot fail", e);
        }
    }

    @Override
    public void finish() throws IOException {
        if (group != null) {
            endGroup(group);
        }
        file.end(notes);
    }

    @Override
    public void note(String name, String text) {
        notes.put(name, text);
    }

    @Override
    public FileSummary summary() {
        return Summary.of(file.getFooter(), estimatedBytes());
    }

    private RowGroup group() {
        if (group == null) {
            group = new RowGroup();
        }
        return group;
    }

    private void endGroup(RowGroup ended) throws IOException {
        group = null;
        ended.writeOut();
    }

    /** The columns of a row group, in memory. */
    private final class RowGroup {
        private final ColumnChunkPageWriteStore pages;
        private final @Nullable FlatColumn[] columns = new FlatColumn[flat.length];
        private final @Nullable ColumnWriteStore pending;
        private long rows;

        RowGroup() {
            PageCompressor compressor = new PageCompressor(options.codec(), options.compressionLevel());
            pages = ColumnChunkPageWriteStore.builder()
                    .withCompressorProvider(column -> compressor)
                    .withSchema(schema)
                    .withAllocator(HeapByteBufferAllocator.getInstance())
                    .withColumnIndexTruncateLength(properties.getColumnIndexTruncateLength())
                    .withPageWriteChecksumEnabled(properties.getPageWriteChecksumEnabled())
                    .withFileEncryptor(file.getEncryptor())
                    .withRowGroupOrdinal(groups++)
                    .build();
            for (int i = 0; i < columns.length; i++) {
                if (flat[i]) {
                    ColumnDescriptor column = schema.getColumnDescription(
                            new String[] {type.field(i).name()});
                    columns[i] = FlatColumn.of(type.field(i).type(), column, pages.getPageWriter(column), options);
                }
            }
            pending = nested == null ? null : nested(nested);
        }

        private ColumnWriteStore nested(MessageType others) {
            ColumnWriteStore store = properties.newColumnWriteStore(others, pages, pages);
            var writers = Shredder.writers(others, store);
            for (int i = 0; i < flat.length; i++) {
                if (!flat[i]) {
                    shredders[i].writeTo(writers);
                }
            }
            return store;
        }

        void write(RowBatch batch, int from, int to) throws IOException {
            int[] selection = batch.selection();
            for (int c = 0; c < shredders.length; c++) {
                FlatColumn column = columns[c];
                if (column == null) {
                    shredders[c].writeRows(batch.column(c), selection, from, to);
                } else {
                    column.write(batch.column(c), selection, from, to);
                }
            }
            for (int i = from; pending != null && i < to; i++) {
                pending.endRecord();
            }
            rows += to - from;
        }

        long heldBytes() {
            long bytes = pending == null ? 0 : pending.getBufferedSize();
            for (FlatColumn column : columns) {
                bytes += column == null ? 0 : column.heldBytes();
            }
            return bytes;
        }

        void writeOut() throws IOException {
            for (FlatColumn column : columns) {
                if (column != null) {
                    column.end();
                }
            }
            if (pending != null) {
                pending.flush();
            }
            file.startBlock(rows);
            pages.flushToFileWriter(file);
            file.endBlock();
            if (pending != null) {
                pending.close();
            }
            pages.close();
        }
    }
}
