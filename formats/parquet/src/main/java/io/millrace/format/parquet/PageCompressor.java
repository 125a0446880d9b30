package io.millrace.format.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Compresses what parquet-java's page writers give it, through arrays that it keeps. For one thread. */
final class PageCompressor extends OutputStream implements BytesInputCompressor {

    private final Codec codec;
    private final int level;
    private byte[] page = {};
    private int length;
    private byte[] compressed = {};

    PageCompressor(Codec codec, int level) {
        this.codec = codec;
        this.level = level;
    }

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
        if (codec == Codec.NONE) {
            return bytes;
        }
        int size = Math.toIntExact(bytes.size());
        if (page.length < size) {
            page = new byte[size];
        }
        length = 0;
        bytes.writeAllTo(this);
        int most = codec.compressedMax(length);
        if (compressed.length < most) {
            compressed = new byte[most];
        }
        return BytesInput.from(Arrays.copyOf(compressed, codec.compress(page, length, compressed, level)));
    }

    /** Takes a piece of the page, for which there is room. */
    @Override
    public void write(byte[] bytes, int offset, int count) {
        System.arraycopy(bytes, offset, page, length, count);
        length += count;
    }

    @Override
    public void write(int b) {
        page[length++] = (byte) b;
    }

    @Override
    public CompressionCodecName getCodecName() {
        return codec.parquetName();
    }

    @Override
    public void release() {}
}
