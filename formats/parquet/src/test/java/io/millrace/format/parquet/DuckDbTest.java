package io.millrace.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.Options;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.row.RandomRows;
import io.millrace.testing.row.RowValues;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What we write, DuckDB reads, and the other way round. Values are compared as the text DuckDB gives them: rows
 * that we wrote are compared with rows that DuckDB wrote from them, so that a shared mistake would have to be
 * DuckDB's too.
 */
class DuckDbTest {

    /** All types both know, in all nestings. */
    private static final RowType SHARED = RowType.of(
            Field.required("id", DataType.BIGINT),
            Field.nullable("flag", DataType.BOOLEAN),
            Field.nullable("tiny", DataType.TINYINT),
            Field.nullable("small", DataType.SMALLINT),
            Field.nullable("whole", DataType.INTEGER),
            Field.nullable("single", DataType.REAL),
            Field.nullable("precise", DataType.DOUBLE),
            Field.nullable("coins", new DecimalType(4, 1)),
            Field.nullable("cents", new DecimalType(9, 2)),
            Field.nullable("money", new DecimalType(18, 4)),
            Field.nullable("huge", new DecimalType(38, 10)),
            Field.nullable("name", DataType.VARCHAR),
            Field.nullable("raw", DataType.VARBINARY),
            Field.nullable("day", DataType.DATE),
            Field.nullable("clock", DataType.TIME),
            Field.nullable("wall", DataType.TIMESTAMP),
            Field.nullable("instant", DataType.TIMESTAMP_WITH_TIME_ZONE),
            Field.nullable("numbers", new ArrayType(DataType.INTEGER, true)),
            Field.nullable("matrix", new ArrayType(new ArrayType(DataType.DOUBLE, true), true)),
            Field.nullable("counts", new MapType(DataType.VARCHAR, DataType.BIGINT, true)),
            Field.nullable(
                    "place",
                    RowType.of(
                            Field.nullable("city", DataType.VARCHAR),
                            Field.nullable("spot", RowType.of(Field.nullable("x", DataType.DOUBLE))))),
            Field.nullable(
                    "lines",
                    new ArrayType(
                            RowType.of(
                                    Field.nullable("item", DataType.VARCHAR),
                                    Field.nullable("tags", new ArrayType(DataType.VARCHAR, true)),
                                    Field.nullable("price", new DecimalType(25, 3))),
                            true)));

    @TempDir
    private Path directory;

    private Connection duckdb;

    @BeforeEach
    void connect() throws SQLException {
        duckdb = DriverManager.getConnection("jdbc:duckdb:");
        run("SET threads = 1");
        run("SET TimeZone = 'UTC'");
    }

    @AfterEach
    void disconnect() throws SQLException {
        duckdb.close();
    }

    @ParameterizedTest
    @CsvSource({
        "zstd,1,true,1",
        "zstd,2,true,2",
        "snappy,1,false,3",
        "snappy,2,true,4",
        "gzip,1,true,5",
        "gzip,2,false,6",
        "none,1,true,7",
        "none,2,false,8"
    })
    void rowsGoToDuckDbAndBack(String compression, String version, boolean dictionary, long seed) throws Exception {
        Options options = new Options(Map.of(
                "compression",
                compression,
                "writer_version",
                version,
                "dictionary",
                String.valueOf(dictionary),
                "page_bytes",
                "16 kB",
                "row_group_bytes",
                "256 kB"));
        RowBatch rows = new RandomRows(new Random(seed), seed % 3 * 0.2).batch(SHARED, 4000);
        Path ours = write(rows, options);
        Path theirs = directory.resolve("theirs.parquet");
        String codec = compression.equals("none") ? "uncompressed" : compression;
        run(
                "COPY (SELECT * FROM '%s') TO '%s' (FORMAT parquet, COMPRESSION %s, PARQUET_VERSION V%s, ROW_GROUP_SIZE 2048)"
                        .formatted(ours, theirs, codec, version));

        assertThat(read(theirs)).as("seed %d", seed).isEqualTo(RowValues.of(rows));
    }

    @Test
    void duckDbSeesTheSameValues() throws Exception {
        RowType type = SHARED.project(0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 13);
        RowBatch rows = new RandomRows(new Random(20), 0.2).batch(type, 2000);
        Path file = write(rows, Options.NONE);
        StringBuilder columns = new StringBuilder();
        type.fields()
                .forEach(field -> columns.append(columns.isEmpty() ? "" : ", ").append(field.name()));

        List<List<@Nullable Object>> seen = new ArrayList<>();
        try (Statement statement = duckdb.createStatement();
                ResultSet result = statement.executeQuery("SELECT %s FROM '%s'".formatted(columns, file))) {
            while (result.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 0; i < type.size(); i++) {
                    Object value = result.getObject(i + 1);
                    row.add(value instanceof Byte || value instanceof Short ? ((Number) value).intValue() : value);
                }
                seen.add(row);
            }
        }
        assertThat(seen).isEqualTo(RowValues.of(rows));
    }

    @Test
    void duckDbSeesOurTypes() throws Exception {
        Path file = write(new RandomRows(new Random(21), 0.2).batch(SHARED, 10), Options.NONE);

        assertThat(text("SELECT string_agg(column_type, ' ') FROM (DESCRIBE SELECT * FROM '%s')".formatted(file)))
                .isEqualTo(
                        "BIGINT BOOLEAN TINYINT SMALLINT INTEGER FLOAT DOUBLE DECIMAL(4,1) DECIMAL(9,2) DECIMAL(18,4)"
                                + " DECIMAL(38,10) VARCHAR BLOB DATE TIME TIMESTAMP TIMESTAMP WITH TIME ZONE INTEGER[]"
                                + " DOUBLE[][] MAP(VARCHAR, BIGINT) STRUCT(city VARCHAR, spot STRUCT(x DOUBLE))"
                                + " STRUCT(item VARCHAR, tags VARCHAR[], price DECIMAL(25,3))[]");
    }

    @Test
    void statisticsLetDuckDbSkip() throws Exception {
        RowType type = RowType.of(Field.required("n", DataType.BIGINT), Field.nullable("s", DataType.VARCHAR));
        RowBatch rows = RowBatch.create(type, 10);
        for (long i = 0; i < 10; i++) {
            io.millrace.spi.row.JavaValues.append(rows, java.util.Arrays.asList(i, i == 0 ? null : "s" + i));
        }
        Path file = write(rows, Options.NONE);

        assertThat(text(
                        "SELECT string_agg(concat_ws('/', path_in_schema, stats_min_value, stats_max_value, stats_null_count), ' ') FROM parquet_metadata('%s')"
                                .formatted(file)))
                .isEqualTo("n/0/9/0 s/s1/s9/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"V1", "V2"})
    void encodingsOfDuckDbAreRead(String version) throws Exception {
        Path file = directory.resolve("encodings.parquet");
        run("""
            COPY (SELECT i AS n, i * 1000003 %% 77777 AS scattered, i %% 5 AS few, 'row-' || i AS distinct_text,
                         'k' || (i %% 7) AS few_text, i / 3.0::DOUBLE AS ratio, (i / 7.0)::FLOAT AS small_ratio,
                         CASE WHEN i %% 3 = 0 THEN NULL ELSE i END AS holes, i %% 2 = 0 AS even,
                         NULL::INTEGER AS nothing
                  FROM range(100000) t(i)) TO '%s' (FORMAT parquet, PARQUET_VERSION %s, ROW_GROUP_SIZE 30000)\
            """.formatted(file, version));

        List<List<@Nullable Object>> rows = read(file);
        assertThat(rows).hasSize(100_000);
        for (int i = 0; i < rows.size(); i++) {
            List<@Nullable Object> expected = new ArrayList<>(List.of(
                    (long) i, i * 1000003L % 77777, i % 5L, "row-" + i, "k" + i % 7, i / 3.0, (float) (i / 7.0)));
            expected.add(i % 3 == 0 ? null : (long) i);
            expected.add(i % 2 == 0);
            expected.add(null);
            assertThat(rows.get(i)).isEqualTo(expected);
        }
    }

    @Test
    void typesThatOnlyDuckDbHasAreReadAsTheNearest() throws Exception {
        Path file = directory.resolve("foreign.parquet");
        run("""
            COPY (SELECT 255::UTINYINT AS a, 65535::USMALLINT AS b, 4294967295::UINTEGER AS c,
                         18446744073709551615::UBIGINT AS d, '2026-01-02 03:04:05.006'::TIMESTAMP_MS AS e,
                         '2026-01-02 03:04:05.006007008'::TIMESTAMP_NS AS f,
                         '01234567-89ab-cdef-0123-456789abcdef'::UUID AS g, 'x'::ENUM('x', 'y') AS h,
                         '{"a":1}'::JSON AS i) TO '%s' (FORMAT parquet)\
            """.formatted(file));

        assertThat(read(file).getFirst())
                .map(String::valueOf)
                .containsExactly(
                        "255",
                        "65535",
                        "4294967295",
                        "18446744073709551615",
                        "2026-01-02T03:04:05.006",
                        "2026-01-02T03:04:05.006007",
                        "01234567-89ab-cdef-0123-456789abcdef",
                        "x",
                        "{\"a\":1}");
    }

    private Path write(RowBatch rows, Options options) throws IOException {
        Path file = Files.createTempFile(directory, "ours", ".parquet");
        try (var out = Files.newOutputStream(file)) {
            RowFileWriter writer = new ParquetFormat().writer(rows.type(), out, options);
            writer.write(rows);
            writer.finish();
        }
        return file;
    }

    private List<List<@Nullable Object>> read(Path file) throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (RowFileReader reader = new ParquetFormat().reader(FileChannel.open(file), Options.NONE)) {
            for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
                rows.addAll(RowValues.of(batch));
            }
        }
        return rows;
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = duckdb.createStatement()) {
            statement.execute(sql);
        }
    }

    private String text(String sql) throws SQLException {
        try (Statement statement = duckdb.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }
}
