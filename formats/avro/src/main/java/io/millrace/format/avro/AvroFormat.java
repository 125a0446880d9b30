package io.millrace.format.avro;

import io.millrace.spi.Options;
import io.millrace.spi.format.FileFormat;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.Locale;
import org.apache.avro.file.CodecFactory;

/**
 * Avro object container files. The writer's options: {@code compression}, deflate as a rule, and {@code block_bytes},
 * how long a block gets before compression, 64 kB as a rule. The reader has none.
 */
public final class AvroFormat implements FileFormat {

    private static final int BLOCK_BYTES = 64 << 10;
    private static final int BLOCK_BYTES_MIN = 1 << 10;
    private static final int BLOCK_BYTES_MAX = 64 << 20;
    private static final int DEFLATE_LEVEL = 6;

    @Override
    public String name() {
        return "avro";
    }

    @Override
    public String extension() {
        return ".avro";
    }

    @Override
    public RowFileWriter writer(RowType type, OutputStream out, Options options) throws IOException {
        options.refuseOthers("compression", "block_bytes");
        long blockBytes = options.getBytes("block_bytes", BLOCK_BYTES);
        if (blockBytes < BLOCK_BYTES_MIN || blockBytes > BLOCK_BYTES_MAX) {
            throw Options.invalid("block_bytes", options.get("block_bytes", ""), "a size from 1 kB to 64 MB");
        }
        return new AvroRowFileWriter(type, out, codec(options), (int) blockBytes);
    }

    private static CodecFactory codec(Options options) {
        String name = options.get("compression", "deflate");
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "deflate" -> CodecFactory.deflateCodec(DEFLATE_LEVEL);
            case "snappy" -> CodecFactory.snappyCodec();
            case "zstd" -> CodecFactory.zstandardCodec(CodecFactory.DEFAULT_ZSTANDARD_LEVEL);
            case "none" -> CodecFactory.nullCodec();
            default -> throw Options.invalid("compression", name, "deflate, snappy, zstd or none");
        };
    }

    @Override
    public RowFileReader reader(SeekableByteChannel file, Options options) throws IOException {
        options.refuseOthers();
        return AvroRowFileReader.open(file);
    }
}
