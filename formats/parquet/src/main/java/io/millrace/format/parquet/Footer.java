package io.millrace.format.parquet;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/**
 * The end of a file, which says where all the rest is.
 *
 * <pre>
 *   "PAR1" │ row groups … │ metadata │ length of metadata, 4 bytes │ "PAR1"
 * </pre>
 */
final class Footer {

    private static final int TAIL_BYTES = 8;

    private Footer() {}

    static ParquetMetadata read(SeekableByteChannel file) throws IOException {
        long size = file.size();
        if (size < TAIL_BYTES + 4) {
            throw notParquet();
        }
        byte[] tail = read(file, size - TAIL_BYTES, TAIL_BYTES);
        String magic = new String(tail, 4, 4, StandardCharsets.US_ASCII);
        if (magic.equals("PARE")) {
            throw new MillraceException(ErrorCode.UNSUPPORTED, "the Parquet file is encrypted");
        }
        int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (!magic.equals("PAR1") || length < 0 || length > size - TAIL_BYTES - 4) {
            throw notParquet();
        }
        byte[] metadata = read(file, size - TAIL_BYTES - length, length);
        return new ParquetMetadataConverter()
                .readParquetMetadata(new ByteArrayInputStream(metadata), ParquetMetadataConverter.NO_FILTER);
    }

    static byte[] read(SeekableByteChannel file, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        file.position(position);
        while (bytes.hasRemaining()) {
            if (file.read(bytes) < 0) {
                throw new EOFException("the file ends before byte " + (position + length));
            }
        }
        return bytes.array();
    }

    private static MillraceException notParquet() {
        return new MillraceException(
                ErrorCode.DATA_CORRUPTED, "the file is not a Parquet file, or is cut off", "write it again");
    }
}
