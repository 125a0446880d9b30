package io.millrace.format.parquet;

import com.github.luben.zstd.Zstd;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** Compression of pages. Holds no state. */
enum Codec {
    NONE(CompressionCodecName.UNCOMPRESSED) {
        @Override
        byte[] compress(byte[] bytes) {
            return bytes;
        }

        @Override
        byte[] decompress(byte[] data, int start, int end, int length) {
            return Arrays.copyOfRange(data, start, end);
        }
    },
    SNAPPY(CompressionCodecName.SNAPPY) {
        @Override
        byte[] compress(byte[] bytes) throws IOException {
            return Snappy.compress(bytes);
        }

        @Override
        byte[] decompress(byte[] data, int start, int end, int length) throws IOException {
            byte[] out = new byte[length];
            if (Snappy.uncompressedLength(data, start, end - start) != length) {
                throw new IOException("a page is not as long as its header says");
            }
            Snappy.uncompress(data, start, end - start, out, 0);
            return out;
        }
    },
    GZIP(CompressionCodecName.GZIP) {
        @Override
        byte[] compress(byte[] bytes) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2 + 64);
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(bytes);
            }
            return out.toByteArray();
        }

        @Override
        byte[] decompress(byte[] data, int start, int end, int length) throws IOException {
            try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(data, start, end - start))) {
                return gzip.readNBytes(length);
            }
        }
    },
    ZSTD(CompressionCodecName.ZSTD) {
        @Override
        byte[] compress(byte[] bytes) {
            return Zstd.compress(bytes, ZSTD_LEVEL);
        }

        @Override
        byte[] decompress(byte[] data, int start, int end, int length) throws IOException {
            byte[] out = new byte[length];
            long written = Zstd.decompressByteArray(out, 0, length, data, start, end - start);
            if (Zstd.isError(written)) {
                throw new IOException("a page does not decompress: " + Zstd.getErrorName(written));
            }
            return written == length ? out : Arrays.copyOf(out, (int) written);
        }
    };

    /** Zstandard's own default: level 1 is a tenth faster, higher ones cost more than they save. */
    private static final int ZSTD_LEVEL = 3;

    private final CompressionCodecName parquetName;

    Codec(CompressionCodecName parquetName) {
        this.parquetName = parquetName;
    }

    CompressionCodecName parquetName() {
        return parquetName;
    }

    abstract byte[] compress(byte[] bytes) throws IOException;

    /** Returns the bytes of a page, {@code length} of them where the page is sound. */
    abstract byte[] decompress(byte[] data, int start, int end, int length) throws IOException;

    static Codec of(CompressionCodecName name) {
        for (Codec codec : values()) {
            if (codec.parquetName == name) {
                return codec;
            }
        }
        throw new MillraceException(
                ErrorCode.UNSUPPORTED,
                "the file is compressed with " + name,
                "write it with zstd, snappy, gzip or uncompressed");
    }
}
