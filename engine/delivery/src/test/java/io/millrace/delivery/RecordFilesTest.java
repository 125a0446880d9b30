package io.millrace.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import io.millrace.spi.Options;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyFramedInputStream;

class RecordFilesTest {

    @Test
    void recordsAreWrittenOneALine() throws IOException {
        assertThat(new String(write("json", Options.NONE), StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":1,\"text\":\"one\"}\n{\"id\":3,\"text\":\"three\"}\n");
        assertThat(new String(write("csv", Options.NONE), StandardCharsets.UTF_8))
                .isEqualTo("1,one\n3,three\n");
    }

    @Test
    void aFileMayBeginWithTheColumnsNames() throws IOException {
        assertThat(new String(write("csv", new Options(Map.of("header", "true"))), StandardCharsets.UTF_8))
                .isEqualTo("id,text\n1,one\n3,three\n");
    }

    @ParameterizedTest
    @EnumSource(TextCompression.class)
    void filesMayBeCompressed(TextCompression compression) throws IOException {
        byte[] bytes = write("json", new Options(Map.of("compression", compression.name())));

        try (InputStream in = decompressed(compression, new ByteArrayInputStream(bytes))) {
            assertThat(in.readAllBytes()).isEqualTo(write("json", Options.NONE));
        }
    }

    private static InputStream decompressed(TextCompression compression, InputStream in) throws IOException {
        return switch (compression) {
            case NONE -> in;
            case GZIP -> new GZIPInputStream(in);
            case ZIP -> {
                ZipInputStream zip = new ZipInputStream(in);
                assertThat(zip.getNextEntry().getName()).isEqualTo("records.json");
                yield zip;
            }
            case ZSTD -> new ZstdInputStream(in);
            case SNAPPY -> new SnappyFramedInputStream(in);
            case HADOOP_SNAPPY -> new SnappyHadoopCompatible(in);
        };
    }

    /** Reads blocks as Hadoop's codec does: length of the block, then chunks with their own. */
    private static final class SnappyHadoopCompatible extends ByteArrayInputStream {

        SnappyHadoopCompatible(InputStream in) throws IOException {
            super(read(new DataInputStream(in)));
        }

        private static byte[] read(DataInputStream in) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            while (in.available() > 0) {
                int end = out.size() + in.readInt();
                while (out.size() < end) {
                    out.writeBytes(Snappy.uncompress(in.readNBytes(in.readInt())));
                }
            }
            return out.toByteArray();
        }
    }

    @Test
    void namesEndWithTheFormat() {
        assertThat(DeliveryFormat.named("json", Options.NONE).extension()).isEqualTo(".json");
        assertThat(DeliveryFormat.named("CSV", new Options(Map.of("compression", "gzip")))
                        .extension())
                .isEqualTo(".csv.gz");
    }

    @Test
    void otherCompressionsAreRefused() {
        assertThatThrownBy(() -> DeliveryFormat.named("json", new Options(Map.of("compression", "rar"))))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("rar");
    }

    private static byte[] write(String format, Options options) throws IOException {
        RowBatch rows = RowBatch.create(Harness.TYPE, 4);
        JavaValues.append(rows, List.of(1L, "one"));
        JavaValues.append(rows, List.of(2L, "two"));
        JavaValues.append(rows, List.of(3L, "three"));
        rows.select(new int[] {0, 2}, 2);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RowFileWriter writer = DeliveryFormat.named(format, options).writer(Harness.TYPE, out);
        writer.write(rows);
        writer.finish();
        assertThat(writer.estimatedBytes()).isEqualTo(out.size());
        return out.toByteArray();
    }
}
