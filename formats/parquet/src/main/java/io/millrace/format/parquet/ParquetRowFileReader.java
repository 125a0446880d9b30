package io.millrace.format.parquet;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.ColumnBounds;
import io.millrace.spi.format.FieldIds;
import io.millrace.spi.format.ReadParts;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.parquet.VersionParser;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.VersionParser.VersionParseException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.crypto.InternalFileDecryptor;
import org.apache.parquet.crypto.ParquetCryptoRuntimeException;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Parquet file, a row group after the other. It holds the compressed bytes of the chosen columns of
 * one row group, and one decompressed page of each.
 */
final class ParquetRowFileReader implements RowFileReader {

    private static final int BATCH_ROWS = 4096;
    private static final PrimitiveConverter NO_CONVERTER = new PrimitiveConverter() {};

    private final SeekableByteChannel file;
    private final ParquetMetadata metadata;
    private final @Nullable InternalFileDecryptor decryptor;
    private final List<Assembler> fields;
    private final IdentityHashMap<Assembler.Leaf, ColumnDescriptor> descriptors = new IdentityHashMap<>();
    private final @Nullable ParsedVersion writer;
    private final RowType type;
    private int[] chosen;

    /** Of the row group, by chosen field; null where a field is read row by row. */
    private @Nullable FlatReader[] flat = {};

    private List<BlockMetaData> groups;
    private @Nullable RowBatch batch;
    private int nextGroup;
    private long rowsLeft;
    private long firstRow = -1;
    private long nextRow;

    /** @param keys of an encrypted file, or null */
    static ParquetRowFileReader open(SeekableByteChannel file, @Nullable EncryptionKeys keys) throws IOException {
        try {
            Footer.Contents footer = Footer.read(file, keys);
            return new ParquetRowFileReader(file, footer.metadata(), footer.decryptor());
        } catch (MillraceException e) {
            throw e;
        } catch (RuntimeException | EOFException e) {
            throw corrupted(e);
        }
    }

    private ParquetRowFileReader(
            SeekableByteChannel file, ParquetMetadata metadata, @Nullable InternalFileDecryptor decryptor) {
        this.decryptor = decryptor;
        this.file = file;
        this.metadata = metadata;
        this.groups = metadata.getBlocks();
        MessageType schema = metadata.getFileMetaData().getSchema();
        this.fields = ReadSchema.fields(schema);
        this.type = ReadSchema.rowType(fields);
        this.chosen = IntStream.range(0, fields.size()).toArray();
        var columns = schema.getColumns().iterator();
        fields.forEach(field -> field.leaves(leaf -> descriptors.put(leaf, columns.next())));
        this.writer = version(metadata.getFileMetaData().getCreatedBy());
    }

    private static @Nullable ParsedVersion version(@Nullable String createdBy) {
        try {
            return createdBy == null ? null : VersionParser.parse(createdBy);
        } catch (VersionParseException e) {
            // Known versions only serve to get round faults of old writers; an unknown one has none we know.
            return null;
        }
    }

    @Override
    public RowType type() {
        return type;
    }

    @Override
    public void project(int... chosenFields) {
        if (batch != null) {
            throw new IllegalStateException("the first row is read");
        }
        chosen = chosenFields.clone();
    }

    @Override
    public long rowCount() {
        return metadata.getBlocks().stream()
                .mapToLong(BlockMetaData::getRowCount)
                .sum();
    }

    @Override
    public List<FieldIds> ids() {
        return Summary.ids(metadata.getFileMetaData().getSchema());
    }

    @Override
    public long firstRow() {
        return firstRow;
    }

    @Override
    public void bound(List<ColumnBounds> wanted) {
        if (nextGroup > 0) {
            throw new IllegalStateException("the first row is read");
        }
        groups = RowGroups.within(metadata, type, wanted);
    }

    @Override
    public ReadParts parts() {
        return new ReadParts(groups.size(), metadata.getBlocks().size() - groups.size());
    }

    @Override
    public @Nullable RowBatch next() throws IOException {
        try {
            while (rowsLeft == 0) {
                if (nextGroup == groups.size()) {
                    return null;
                }
                openGroup(groups.get(nextGroup++));
            }
            return read(batchRows());
        } catch (MillraceException e) {
            throw e;
        } catch (RuntimeException | EOFException e) {
            throw corrupted(e);
        }
    }

    /** Returns how many rows the next batch has: few where a page ends, of which rows are slices. */
    private int batchRows() {
        int rows = (int) Math.min(BATCH_ROWS, rowsLeft);
        for (FlatReader reader : flat) {
            rows = reader == null ? rows : Math.min(rows, reader.readable());
        }
        return rows;
    }

    private RowBatch read(int count) {
        if (batch == null) {
            batch = RowBatch.create(type.project(chosen), BATCH_ROWS);
        }
        batch.clear();
        for (int c = 0; c < chosen.length; c++) {
            Assembler field = fields.get(chosen[c]);
            Column column = batch.column(c);
            FlatReader reader = flat[c];
            if (reader != null) {
                reader.read(column, count);
                continue;
            }
            for (int row = 0; row < count; row++) {
                field.read(column, row);
            }
        }
        batch.size(count);
        rowsLeft -= count;
        firstRow = nextRow;
        nextRow += count;
        return batch;
    }

    private void openGroup(BlockMetaData group) throws IOException {
        Map<ColumnPath, ColumnChunkMetaData> chunks = new HashMap<>();
        group.getColumns().forEach(chunk -> chunks.put(chunk.getPath(), chunk));
        flat = new FlatReader[chosen.length];
        for (int c = 0; c < chosen.length; c++) {
            Assembler field = fields.get(chosen[c]);
            for (Assembler.Leaf leaf : leaves(field)) {
                ColumnDescriptor column = descriptor(leaf);
                ColumnChunkMetaData chunk = chunks.get(ColumnPath.get(column.getPath()));
                if (chunk == null) {
                    throw new EOFException("a row group lacks column '" + String.join(".", column.getPath()) + "'");
                }
                if (field == leaf && FlatReader.reads(leaf, column, chunk)) {
                    flat[c] = FlatReader.open(column, pages(chunk));
                } else {
                    leaf.readFrom(new ColumnReaderImpl(column, pages(chunk), NO_CONVERTER, writer));
                }
            }
        }
        rowsLeft = group.getRowCount();
        nextRow = rowsBefore(group);
    }

    private long rowsBefore(BlockMetaData group) {
        long rows = 0;
        for (BlockMetaData each : metadata.getBlocks()) {
            if (each.getStartingPos() == group.getStartingPos()) {
                break;
            }
            rows += each.getRowCount();
        }
        return rows;
    }

    private static List<Assembler.Leaf> leaves(Assembler field) {
        List<Assembler.Leaf> leaves = new java.util.ArrayList<>();
        field.leaves(leaves::add);
        return leaves;
    }

    private ColumnDescriptor descriptor(Assembler.Leaf leaf) {
        ColumnDescriptor descriptor = descriptors.get(leaf);
        if (descriptor == null) {
            throw new IllegalStateException("a leaf of another file");
        }
        return descriptor;
    }

    private PageChunk pages(ColumnChunkMetaData chunk) throws IOException {
        long start = chunk.getStartingPos();
        long length = chunk.getTotalSize();
        if (start < 0 || length < 0 || length > file.size() - start) {
            throw new EOFException("a column chunk ends after the file");
        }
        if (length > Integer.MAX_VALUE - 8) {
            throw new MillraceException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a column of a row group has " + length + " bytes",
                    "write it with row groups below 2 GiB");
        }
        return new PageChunk(chunk, Footer.read(file, start, (int) length), PageDecryption.of(decryptor, chunk));
    }

    static MillraceException corrupted(Exception cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof ParquetCryptoRuntimeException) {
                return new MillraceException(
                        ErrorCode.INVALID_ARGUMENT,
                        "the Parquet file cannot be decrypted: " + at.getMessage(),
                        "give the keys that it was written with, and its aad_prefix where it has one",
                        cause);
            }
        }
        return new MillraceException(
                ErrorCode.DATA_CORRUPTED,
                "the Parquet file cannot be read: " + cause.getMessage(),
                "write it again",
                cause);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
