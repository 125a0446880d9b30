package io.millrace.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Options;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import java.io.ByteArrayOutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns that are read many rows at a time. */
class FlatReaderTest {

    @TempDir
    Path directory;

    @Test
    void packedNumbersAreReadAsParquetsOwnWriterPacksThem() throws Exception {
        Random random = new Random(3);
        for (int width = 0; width <= 32; width++) {
            RunLengthBitPackingHybridEncoder encoder =
                    new RunLengthBitPackingHybridEncoder(width, 64, 1 << 20, HeapByteBufferAllocator.getInstance());
            int[] numbers = new int[5000];
            for (int i = 0; i < numbers.length; ) {
                int number = width == 0 ? 0 : random.nextInt() >>> (32 - width);
                int run = random.nextInt(3) == 0 ? random.nextInt(40) : 1;
                for (int end = Math.min(numbers.length, i + run); i < end; i++) {
                    numbers[i] = number;
                    encoder.writeInt(number);
                }
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            encoder.toBytes().writeAllTo(out);
            byte[] bytes = out.toByteArray();
            byte[] amid = new byte[bytes.length + random.nextInt(20)];
            System.arraycopy(bytes, 0, amid, 0, bytes.length);
            PackedInts packed = new PackedInts(amid, 0, bytes.length, width);
            int[] read = new int[numbers.length];
            for (int at = 0; at < read.length; ) {
                int some = Math.min(read.length - at, 1 + random.nextInt(300));
                packed.read(read, at, some);
                at += some;
            }
            assertThat(read).as("%d bits", width).isEqualTo(numbers);
        }
    }

    @Test
    void numbersThatAreNotThereAreRefused() {
        assertThatThrownBy(() -> new PackedInts(new byte[] {3, 1}, 0, 2, 8).read(new int[9], 0, 9))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PackedInts(new byte[] {0, 1}, 0, 2, 8).read(new int[9], 0, 9))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PackedInts(new byte[0], 0, 0, 33)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PackedInts(new byte[] {-1, -1, -1, -1, -1, 1}, 0, 6, 1).read(new int[9], 0, 9))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Of one row group the texts are of a dictionary, and all of another kind where they differ. */
    @ParameterizedTest
    @CsvSource({"snappy, V1", "zstd, V2", "uncompressed, V1"})
    void rowsOfManyPagesAndRowGroupsAreWhatWasWritten(String codec, String version) throws Exception {
        int rows = 30_000;
        Path file = directory.resolve("flat.parquet");
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("COPY (SELECT i AS id, CASE WHEN i % 7 = 0 THEN NULL ELSE 'k' || i % 50 END AS few,"
                    + " CASE WHEN i % 3 = 0 THEN NULL ELSE 'v' || i END AS many,"
                    + " CASE WHEN i < 5000 THEN NULL ELSE i / 2.0::DOUBLE END AS half,"
                    + " CASE WHEN i % 11 = 0 THEN NULL ELSE (i % 9)::INTEGER END AS small,"
                    + " (i % 5)::FLOAT AS single, NULL::VARCHAR AS nothing FROM range(" + rows + ") AS r(i)) TO '"
                    + file + "' (FORMAT parquet, ROW_GROUP_SIZE 10240, COMPRESSION " + codec + ", PARQUET_VERSION "
                    + version + ")");
        }
        int dictionaries = 0;
        try (RowFileReader reader = new ParquetFormat().reader(FileChannel.open(file), Options.NONE)) {
            int at = 0;
            for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
                dictionaries += ((BytesColumn) batch.column(1)).dictionary() == null ? 0 : 1;
                for (int row = 0; row < batch.size(); row++) {
                    assertThat(JavaValues.row(batch, row)).isEqualTo(expected(at++));
                }
            }
            assertThat(at).isEqualTo(rows);
        }
        assertThat(dictionaries).isPositive();
    }

    private static List<Object> expected(int i) {
        return Arrays.asList(
                (long) i,
                i % 7 == 0 ? null : "k" + i % 50,
                i % 3 == 0 ? null : "v" + i,
                i < 5000 ? null : i / 2.0,
                i % 11 == 0 ? null : i % 9,
                (float) (i % 5),
                null);
    }
}
