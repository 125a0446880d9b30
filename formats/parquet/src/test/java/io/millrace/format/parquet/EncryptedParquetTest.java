package io.millrace.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.row.RandomRows;
import io.millrace.testing.row.RowValues;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that Parquet's modular encryption keeps from those without their keys. */
class EncryptedParquetTest {

    private static final RowType TYPE = RowType.of(
            Field.nullable("id", DataType.BIGINT),
            Field.nullable("secret", DataType.VARCHAR),
            Field.nullable("x", DataType.DOUBLE),
            Field.nullable("tags", new ArrayType(DataType.VARCHAR, true)));

    private static final String FOOTER = key(1, 16);
    private static final String OTHER = key(2, 32);

    @TempDir
    Path directory;

    private static String key(int seed, int bytes) {
        byte[] key = new byte[bytes];
        new Random(seed).nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    private static Options options(String... pairs) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            all.put(pairs[i], pairs[i + 1]);
        }
        return new Options(all);
    }

    private static RowBatch rows() {
        return new RandomRows(new Random(20_261_129), 0.125).batch(TYPE, 5000);
    }

    /** Several row groups, and several pages in each. */
    private Path write(String name, RowBatch rows, String... pairs) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of("row_group_bytes", "64 kB", "page_bytes", "4 kB"));
        all.putAll(options(pairs).asMap());
        Path file = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            RowFileWriter writer = new ParquetFormat().writer(TYPE, out, new Options(all));
            writer.write(rows);
            writer.finish();
        }
        return file;
    }

    private static List<Object> read(Path file, Options options, int... columns) throws IOException {
        List<Object> rows = new ArrayList<>();
        try (RowFileReader reader = new ParquetFormat().reader(Files.newByteChannel(file), options)) {
            if (columns.length > 0) {
                reader.project(columns);
            }
            for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
                rows.addAll(RowValues.of(batch));
            }
        }
        return rows;
    }

    private static void refused(Path file, Options options, String message) {
        assertThatThrownBy(() -> read(file, options)).isInstanceOfSatisfying(MillraceException.class, failure -> {
            assertThat(failure.code()).isIn(ErrorCode.INVALID_ARGUMENT, ErrorCode.UNSUPPORTED);
            assertThat(failure).hasMessageContaining(message);
        });
    }

    private static boolean contains(Path file, String text) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aes_gcm", "aes_gcm_ctr"})
    void allIsEncryptedWithTheFootersKey(String algorithm) throws IOException {
        RowBatch rows = rows();
        Path file = write("all", rows, "encryption_key", FOOTER, "encryption_algorithm", algorithm);
        assertThat(read(file, options("encryption_key", FOOTER))).isEqualTo(RowValues.of(rows));
        assertThat(contains(file, "secret")).isFalse();
        refused(file, Options.NONE, "the Parquet file is encrypted");
        refused(file, options("encryption_key", OTHER), "cannot be decrypted");
    }

    @Test
    void columnsHaveKeysOfTheirOwnAndOthersNone() throws IOException {
        RowBatch rows = rows();
        Path file = write(
                "columns",
                rows,
                "encryption_key",
                FOOTER,
                "column_key.secret",
                OTHER,
                "column_key.tags.list.element",
                key(3, 24),
                "plaintext_footer",
                "true");
        assertThat(read(
                        file,
                        options(
                                "encryption_key", FOOTER,
                                "column_key.secret", OTHER,
                                "column_key.tags.list.element", key(3, 24))))
                .isEqualTo(RowValues.of(rows));
        // Whoever has no key reads the columns that have none.
        assertThat(read(file, Options.NONE, 0, 2)).hasSize(5000);
        assertThat(read(file, options("encryption_key", FOOTER), 0, 2)).hasSize(5000);
        refused(file, options("encryption_key", FOOTER), "cannot be decrypted");
        refused(file, options("encryption_key", OTHER, "column_key.secret", OTHER), "cannot be decrypted");
    }

    @Test
    void aFileIsBoundToItsPrefix() throws IOException {
        RowBatch rows = rows();
        Path stored = write("stored", rows, "encryption_key", FOOTER, "aad_prefix", "trades-2026");
        assertThat(read(stored, options("encryption_key", FOOTER))).isEqualTo(RowValues.of(rows));
        refused(stored, options("encryption_key", FOOTER, "aad_prefix", "other"), "cannot be decrypted");
        Path kept = write(
                "kept", rows, "encryption_key", FOOTER, "aad_prefix", "trades-2026", "aad_prefix_stored", "false");
        assertThat(read(kept, options("encryption_key", FOOTER, "aad_prefix", "trades-2026")))
                .isEqualTo(RowValues.of(rows));
        refused(kept, options("encryption_key", FOOTER), "cannot be decrypted");
    }

    @Test
    void aPageThatWasChangedIsFound() throws IOException {
        Path file = write("changed", rows(), "encryption_key", FOOTER);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 3] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> read(file, options("encryption_key", FOOTER))).isInstanceOf(MillraceException.class);
    }

    @Test
    void keysMayLieInAFile() throws IOException {
        Path keys = Files.writeString(
                directory.resolve("keys"), "footer = " + FOOTER + "\ncolumn.secret = " + OTHER + "\n");
        RowBatch rows = rows();
        Path file = write("of-file", rows, "keys_file", keys.toString());
        assertThat(read(file, options("keys_file", keys.toString()))).isEqualTo(RowValues.of(rows));
        assertThat(read(file, options("encryption_key", FOOTER, "column_key.secret", OTHER)))
                .isEqualTo(RowValues.of(rows));
    }

    @Test
    void filesThatAreNotEncryptedAreReadWithKeysToo() throws IOException {
        RowBatch rows = rows();
        assertThat(read(write("plain", rows), options("encryption_key", FOOTER)))
                .isEqualTo(RowValues.of(rows));
    }

    @Test
    void wrongOptionsAreRefusedAndKeysNotShown() {
        for (String[] bad : new String[][] {
            {"encryption_key", "c2hvcnQ="},
            {"encryption_key", "*"},
            {"column_key.secret", OTHER},
            {"encryption_key", FOOTER, "column_key.nosuch", OTHER},
            {"encryption_key", FOOTER, "encryption_algorithm", "rot13"},
            {"encryption_key", FOOTER, "writer_version", "2"},
            {"encryption_key", FOOTER, "aad_prefix_stored", "false"},
            {"plaintext_footer", "true"},
            {"keys_file", "/no/such/file"},
        }) {
            assertThatThrownBy(() -> write("bad", rows(), bad))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageNotContaining(OTHER)
                    .hasMessageNotContaining("c2hvcnQ");
        }
        assertThatThrownBy(() -> new ParquetFormat()
                        .writer(TYPE, List.of(), OutputStream.nullOutputStream(), options("encryption_key", FOOTER)))
                .hasMessageContaining("encryption_key");
        assertThat(Options.isSecret("encryption_key")).isTrue();
        assertThat(Options.isSecret("column_key.secret")).isTrue();
        assertThat(Options.isSecret("encryption_key_id")).isFalse();
    }

    /** DuckDB 2.0 reads pages by their place only where each column of a row group has one, and is not nested. */
    @Test
    void duckDbReadsColumnsOfOnePageEach() throws Exception {
        RowBatch rows = rows();
        // A key of 16 bytes in base64 has 24 letters, which DuckDB takes for one of 24 bytes.
        Path file = write("ours", rows, "encryption_key", OTHER, "row_group_bytes", "64 MB", "page_bytes", "1 MB");
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = duck.createStatement()) {
            sql.execute("PRAGMA add_parquet_key('k', '" + OTHER + "')");
            try (ResultSet found = sql.executeQuery(
                    "SELECT id, secret FROM read_parquet('" + file + "', encryption_config = {footer_key: 'k'})")) {
                for (List<Object> row : RowValues.of(rows)) {
                    found.next();
                    assertThat(found.getObject(1)).isEqualTo(row.get(0));
                    assertThat(found.getObject(2)).isEqualTo(row.get(1));
                }
                assertThat(found.next()).isFalse();
            }
        }
    }

    /** DuckDB seals no places, which the format wants. */
    @Test
    void whatDuckDbEncryptsIsRefusedByName() throws Exception {
        Path file = directory.resolve("theirs");
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = duck.createStatement()) {
            sql.execute("SET force_mbedtls_unsafe = 'true'");
            sql.execute("PRAGMA add_parquet_key('k', '" + OTHER + "')");
            sql.execute(
                    "COPY (SELECT 7 AS id) TO '" + file + "' (FORMAT parquet, ENCRYPTION_CONFIG {footer_key: 'k'})");
        }
        refused(file, options("encryption_key", OTHER), "says no place of its parts");
    }
}
