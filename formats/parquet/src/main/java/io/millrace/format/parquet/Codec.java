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
        int compressedMax(int length) {
            return length;
        }

        @Override
        int compress(byte[] bytes, int length, byte[] out, int level) {
            System.arraycopy(bytes, 0, out, 0, length);
            return length;
        }

        @Override
        byte[] decompress(byte[] data, int start, int end, int length) {
            return Arrays.copyOfRange(data, start, end);
        }
    },
    SNAPPY(CompressionCodecName.SNAPPY) {
        @Override
        int compressedMax(int length) {
            return Snappy.maxCompressedLength(length);
        }

        @Override
        int compress(byte[] bytes, int length, byte[] out, int level) throws IOException {
            return Snappy.compress(bytes, 0, length, out, 0);
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
        int compressedMax(int length) {
            // What cannot be made shorter gets a few bytes for each block, and a head and an end.
            return length + length / 8 + 128;
        }

        @Override
        int compress(byte[] bytes, int length, byte[] out, int level) throws IOException {
            ByteArrayOutputStream compressed = new ByteArrayOutputStream(length / 2 + 64);
            try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
                gzip.write(bytes, 0, length);
            }
            System.arraycopy(compressed.toByteArray(), 0, out, 0, compressed.size());
            return compressed.size();
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
        int compressedMax(int length) {
            return Math.toIntExact(Zstd.compressBound(length));
        }

        @Override
        int compress(byte[] bytes, int length, byte[] out, int level) {
            return ZstdCompressor.compress(bytes, length, out, level);
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

    private final CompressionCodecName parquetName;

    Codec(CompressionCodecName parquetName) {
        this.parquetName = parquetName;
    }

    CompressionCodecName parquetName() {
        return parquetName;
    }

    /** Returns how many bytes so many may become. */
    abstract int compressedMax(int length);

    /**
     * Compresses the first bytes of an array into one of {@link #compressedMax}, and returns how many they become.
     *
     * @param level how hard {@link #ZSTD} tries; nothing to the others
     */
    abstract int compress(byte[] bytes, int length, byte[] out, int level) throws IOException;

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
