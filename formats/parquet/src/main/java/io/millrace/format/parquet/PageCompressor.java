package io.millrace.format.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Compresses what parquet-java's page writers give it. */
record PageCompressor(Codec codec) implements BytesInputCompressor {

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
        return codec == Codec.NONE ? bytes : BytesInput.from(codec.compress(array(bytes)));
    }

    private static byte[] array(BytesInput input) {
        ByteBuffer bytes = input.toByteBuffer(HeapByteBufferAllocator.getInstance(), unneeded -> {});
        if (bytes.hasArray() && bytes.arrayOffset() == 0 && bytes.array().length == bytes.remaining()) {
            return bytes.array();
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    @Override
    public CompressionCodecName getCodecName() {
        return codec.parquetName();
    }

    @Override
    public void release() {}
}
