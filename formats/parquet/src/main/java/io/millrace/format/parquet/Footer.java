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
import org.apache.parquet.crypto.InternalFileDecryptor;
import org.apache.parquet.format.EncryptionAlgorithm;
import org.apache.parquet.format.FileCryptoMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The end of a file, which says where all the rest is.
 *
 * <pre>
 *   "PAR1" │ row groups … │ metadata │ length of metadata, 4 bytes │ "PAR1"
 *   "PARE" │ row groups … │ how it is encrypted │ metadata, encrypted │ length of both, 4 bytes │ "PARE"
 * </pre>
 */
final class Footer {

    private static final int TAIL_BYTES = 8;

    private Footer() {}

    /**
     * What a footer says.
     *
     * @param decryptor of the columns; null where there are no keys
     */
    record Contents(ParquetMetadata metadata, @Nullable InternalFileDecryptor decryptor) {}

    static ParquetMetadata read(SeekableByteChannel file) throws IOException {
        return read(file, null).metadata();
    }

    /** @param keys null where there are none */
    static Contents read(SeekableByteChannel file, @Nullable EncryptionKeys keys) throws IOException {
        long size = file.size();
        if (size < TAIL_BYTES + 4) {
            throw notParquet();
        }
        byte[] tail = read(file, size - TAIL_BYTES, TAIL_BYTES);
        String magic = new String(tail, 4, 4, StandardCharsets.US_ASCII);
        boolean sealed = magic.equals("PARE");
        if (sealed && keys == null) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "the Parquet file is encrypted",
                    "give its keys: encryption_key or keys_file");
        }
        int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if ((!magic.equals("PAR1") && !sealed) || length < 0 || length > size - TAIL_BYTES - 4) {
            throw notParquet();
        }
        byte[] metadata = read(file, size - TAIL_BYTES - length, length);
        ByteArrayInputStream in = new ByteArrayInputStream(metadata);
        InternalFileDecryptor decryptor = keys == null ? null : keys.decryptor();
        if (sealed && decryptor != null) {
            FileCryptoMetaData how = Util.readFileCryptoMetaData(in);
            requirePlaces(how.getEncryption_algorithm());
            decryptor.setFileCryptoMetaData(how.getEncryption_algorithm(), true, how.getKey_metadata());
        }
        ParquetMetadata read = new ParquetMetadataConverter()
                .readParquetMetadata(in, ParquetMetadataConverter.NO_FILTER, decryptor, sealed, sealed ? 0 : length);
        return new Contents(read, decryptor);
    }

    /** The format has each part sealed with its place, and a file with a name of its own for that. */
    private static void requirePlaces(EncryptionAlgorithm algorithm) {
        boolean says = algorithm.isSetAES_GCM_V1()
                ? algorithm.getAES_GCM_V1().isSetAad_file_unique()
                : algorithm.getAES_GCM_CTR_V1().isSetAad_file_unique();
        if (!says) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "the Parquet file is encrypted and says no place of its parts, as DuckDB leaves it out",
                    "have it written by another program, or decrypted by the one that wrote it");
        }
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
