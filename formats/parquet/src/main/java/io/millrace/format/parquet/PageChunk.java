package io.millrace.format.parquet;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one column of one row group, decompressed one at a time from the chunk's bytes.
 *
 * <pre>
 *   header │ dictionary page │ header │ data page │ header │ data page │ …
 * </pre>
 */
final class PageChunk implements PageReader {

    private final ColumnChunkMetaData chunk;
    private final Codec codec;
    private final byte[] data;
    private final ByteArrayInputStream in;
    private final @Nullable PageDecryption decryption;
    private long valuesLeft;
    private int pagesRead;

    /** @param decryption decrypts pages; null where they are not encrypted */
    PageChunk(ColumnChunkMetaData chunk, byte[] data, @Nullable PageDecryption decryption) {
        this.decryption = decryption;
        this.chunk = chunk;
        this.codec = Codec.of(chunk.getCodec());
        this.data = data;
        this.in = new ByteArrayInputStream(data);
        this.valuesLeft = chunk.getValueCount();
    }

    @Override
    public long getTotalValueCount() {
        return chunk.getValueCount();
    }

    @Override
    public @Nullable DictionaryPage readDictionaryPage() {
        try {
            in.mark(0);
            // A header that is sealed can only be read as what it is.
            if (in.available() == 0 || (decryption != null && !chunk.hasDictionaryPage())) {
                return null;
            }
            PageHeader header = decryption == null ? Util.readPageHeader(in) : decryption.dictionaryHeader(in);
            if (header.type != PageType.DICTIONARY_PAGE) {
                in.reset();
                return null;
            }
            DictionaryPageHeader dictionary = header.getDictionary_page_header();
            byte[] bytes = dictionary(header);
            return new DictionaryPage(
                    BytesInput.from(bytes), dictionary.getNum_values(), encoding(dictionary.getEncoding()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public @Nullable DataPage readPage() {
        try {
            while (valuesLeft > 0) {
                PageHeader header = decryption == null ? Util.readPageHeader(in) : decryption.header(in, pagesRead);
                switch (header.type) {
                    case DATA_PAGE -> {
                        return page(header, header.getData_page_header());
                    }
                    case DATA_PAGE_V2 -> {
                        return page(header, header.getData_page_header_v2());
                    }
                    default -> advance(header);
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DataPage page(PageHeader header, DataPageHeader page) throws IOException {
        valuesLeft -= page.getNum_values();
        return new DataPageV1(
                BytesInput.from(whole(header)),
                page.getNum_values(),
                header.getUncompressed_page_size(),
                noStatistics(),
                encoding(page.getRepetition_level_encoding()),
                encoding(page.getDefinition_level_encoding()),
                encoding(page.getEncoding()));
    }

    private DataPage page(PageHeader header, DataPageHeaderV2 page) throws IOException {
        valuesLeft -= page.getNum_values();
        int levels = advance(header);
        int repetitions = page.getRepetition_levels_byte_length();
        int definitions = page.getDefinition_levels_byte_length();
        int start = levels + repetitions + definitions;
        int end = levels + header.getCompressed_page_size();
        if (repetitions < 0 || definitions < 0 || start > end) {
            throw corrupted("a page's levels are longer than the page");
        }
        int length = header.getUncompressed_page_size() - repetitions - definitions;
        boolean compressed = !page.isSetIs_compressed() || page.isIs_compressed();
        return DataPageV2.uncompressed(
                page.getNum_rows(),
                page.getNum_nulls(),
                page.getNum_values(),
                BytesInput.from(data, levels, repetitions),
                BytesInput.from(data, levels + repetitions, definitions),
                encoding(page.getEncoding()),
                BytesInput.from(page(compressed ? codec : Codec.NONE, start, end, length)),
                noStatistics());
    }

    /** Returns the decompressed bytes of a page that is compressed as a whole. */
    private byte[] whole(PageHeader header) throws IOException {
        int start = advance(header);
        return page(codec, start, start + header.getCompressed_page_size(), header.getUncompressed_page_size());
    }

    private byte[] dictionary(PageHeader header) throws IOException {
        int start = advance(header);
        int end = start + header.getCompressed_page_size();
        if (decryption == null) {
            return values(codec, data, start, end, header.getUncompressed_page_size());
        }
        byte[] opened = decryption.dictionary(data, start, end);
        return values(codec, opened, 0, opened.length, header.getUncompressed_page_size());
    }

    /** Returns the values of the next data page. */
    private byte[] page(Codec by, int start, int end, int length) throws IOException {
        int number = pagesRead++;
        if (decryption == null || start == end) {
            return values(by, data, start, end, length);
        }
        byte[] opened = decryption.page(data, start, end, number);
        return values(by, opened, 0, opened.length, length);
    }

    private byte[] values(Codec by, byte[] from, int start, int end, int length) throws IOException {
        if (length < 0) {
            throw corrupted("a page has a negative length");
        }
        if (length == 0 || start == end) {
            return new byte[0];
        }
        byte[] bytes = by.decompress(from, start, end, length);
        if (bytes.length != length) {
            throw corrupted("a page is not as long as its header says");
        }
        return bytes;
    }

    /** Passes over a page's bytes, checks them against their CRC and returns where they start. */
    private int advance(PageHeader header) {
        int start = data.length - in.available();
        int length = header.getCompressed_page_size();
        if (length < 0 || in.skip(length) != length) {
            throw corrupted("a page ends after its column chunk");
        }
        if (header.isSetCrc()) {
            CRC32 crc = new CRC32();
            crc.update(data, start, length);
            if ((int) crc.getValue() != header.getCrc()) {
                throw corrupted("a page does not match its checksum");
            }
        }
        return start;
    }

    private Statistics<?> noStatistics() {
        return Statistics.createStats(chunk.getPrimitiveType());
    }

    private MillraceException corrupted(String what) {
        return new MillraceException(
                ErrorCode.DATA_CORRUPTED,
                what + ", in column '" + chunk.getPath().toDotString() + "' at byte " + chunk.getStartingPos());
    }

    private static Encoding encoding(org.apache.parquet.format.Encoding encoding) {
        return Encoding.valueOf(encoding.name());
    }
}
