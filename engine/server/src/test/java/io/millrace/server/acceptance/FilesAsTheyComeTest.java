package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** COPY of files that other programs wrote: with marks, odd names, long lines, much that is wrong. */
class FilesAsTheyComeTest {

    @TempDir
    Path directory;

    private EngineFixture engine;
    private Path lake;

    @BeforeEach
    void open() throws Exception {
        engine = EngineFixture.open(directory.resolve("data"));
        engine.run("CREATE STREAM trades (id BIGINT NOT NULL, note VARCHAR)");
        lake = Files.createDirectories(directory.resolve("lake"));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private String copy(String file) {
        return engine.tag("COPY trades FROM 'file://" + lake + "/" + file + "'");
    }

    private List<String> counted() {
        return engine.rows("SELECT COUNT(*), COUNT(DISTINCT id) FROM trades");
    }

    private static String json(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"id\": " + i + ", \"note\": \"n" + i + "\"}\n")
                .collect(Collectors.joining());
    }

    private static byte[] packed(String text) throws IOException {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void theMarkThatWindowsProgramsWriteIsNoPartOfTheFirstLine() throws Exception {
        Files.writeString(lake.resolve("t.csv"), "\uFEFF1,one\r\n2,two\r\n");
        Files.writeString(lake.resolve("t.jsonl"), "\uFEFF{\"id\": 3}\r\n");
        assertThat(copy("t.csv")).isEqualTo("COPY 2");
        assertThat(copy("t.jsonl")).isEqualTo("COPY 1");
        assertThat(engine.rows("SELECT id, note FROM trades ORDER BY id")).containsExactly("1|one", "2|two", "3|null");
    }

    @Test
    void aLineIsToldByItsNumberInTheFile() throws Exception {
        Files.writeString(lake.resolve("t.csv"), "1,one\n\n\r\n2,two\nx,three\n");
        copy("t.csv");
        assertThat(engine.awaitRows("SELECT \"POSITION\", data_text FROM error_stream", 1))
                .containsExactly("line 5|x,three");
    }

    @Test
    void partsThatWerePackedOneByOneAreAllRead() throws Exception {
        try (OutputStream out = Files.newOutputStream(lake.resolve("T.JSONL.GZ"))) {
            out.write(packed(json(0, 1000)));
            out.write(packed(""));
            out.write(packed(json(1000, 3000)));
        }
        assertThat(copy("T.JSONL.GZ")).isEqualTo("COPY 3000");
        assertThat(counted()).containsExactly("3000|3000");
    }

    @Test
    void linesMayBeLong() throws Exception {
        String filler = "x".repeat(100_000);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(lake.resolve("long.jsonl.gz")))) {
            for (int i = 0; i < 1000; i++) {
                out.write(("{\"id\": " + i + ", \"note\": \"" + filler + "\"}\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(copy("long.jsonl.gz")).isEqualTo("COPY 1000");
        copy("long.jsonl.gz");
        assertThat(engine.rows("SELECT COUNT(*), COUNT(DISTINCT id), SUM(CHAR_LENGTH(note)) FROM trades"))
                .containsExactly("1000|1000|100000000");
    }

    @Test
    void aFileOfNothingButErrorsIsToldOfPieceByPiece() throws Exception {
        String line = "nothing of use ".repeat(20) + "\n";
        Files.writeString(lake.resolve("t.csv"), line.repeat(100_000));
        assertThat(copy("t.csv")).isEqualTo("COPY 0");
        assertThat(engine.rows("SELECT COUNT(*), COUNT(DISTINCT \"POSITION\") FROM error_stream"))
                .containsExactly("100000|100000");
    }

    @Test
    void eachStreamIsToldOfWhatItCannotUse() throws Exception {
        engine.run("CREATE STREAM numbers (id BIGINT NOT NULL, note DOUBLE)");
        Files.writeString(lake.resolve("t.csv"), "1,2.5\nx,3.5\n3,three\n");
        copy("t.csv");
        engine.run("COPY numbers FROM 'file://" + lake + "/t.csv'");
        assertThat(engine.rows("SELECT \"POSITION\", COUNT(*) FROM error_stream GROUP BY \"POSITION\" ORDER BY 1"))
                .containsExactly("line 2|2", "line 3|1");
    }

    @Test
    void namesMayHaveSpacesPercentsBracketsAndBeLong() throws Exception {
        Path folder = Files.createDirectories(
                lake.resolve("my files").resolve("d".repeat(120)).resolve("e".repeat(120)));
        Files.writeString(folder.resolve("a b%20c.jsonl"), json(0, 1));
        Files.writeString(folder.resolve("a[1].jsonl"), json(1, 2));
        String place = "my files/" + "d".repeat(120) + "/" + "e".repeat(120);
        assertThat(copy(place + "/a b%20c.jsonl")).isEqualTo("COPY 1");
        assertThat(copy(place + "/a\\[1\\].jsonl")).isEqualTo("COPY 1");
        assertThat(copy("**.jsonl")).isEqualTo("COPY 2");
        assertThat(copy("my%20files/")).isEqualTo("COPY 2");
        assertThat(counted()).containsExactly("2|2");
    }

    @Test
    void linksAreFollowed() throws Exception {
        Files.writeString(lake.resolve("t.jsonl"), json(0, 10));
        Files.createSymbolicLink(lake.resolve("current.jsonl"), lake.resolve("t.jsonl"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), lake);
        assertThat(copy("current.jsonl")).isEqualTo("COPY 10");
        assertThat(engine.tag("COPY trades FROM 'file://" + link + "/t.*'")).isEqualTo("COPY 10");
        Files.createSymbolicLink(lake.resolve("loop"), lake);
        assertThat(copy("**.jsonl")).isEqualTo("COPY 20");
    }

    @Test
    void emptyFilesHaveNoRows() throws Exception {
        Files.writeString(lake.resolve("a.jsonl"), "");
        Files.writeString(lake.resolve("b.csv"), "\r\n\n");
        Files.writeString(lake.resolve("c.csv"), "id,note");
        Files.write(lake.resolve("d.jsonl.gz"), packed(""));
        assertThat(engine.tag("COPY trades FROM 'file://" + lake + "/' WITH (header = true)"))
                .isEqualTo("COPY 0");
        Files.write(lake.resolve("e.parquet"), new byte[0]);
        assertThatThrownBy(() -> copy("e.parquet")).hasMessageContaining("e.parquet");
    }

    @Test
    void whatIsNotPackedIsSaidToBeSo() throws Exception {
        Files.writeString(lake.resolve("t.jsonl.gz"), json(0, 10));
        assertThatThrownBy(() -> copy("t.jsonl.gz"))
                .hasMessageContaining("t.jsonl.gz")
                .hasMessageContaining("GZIP");
    }

    @Test
    void manySessionsThatCopyTheSameFilesTakeEachOnce() throws Exception {
        for (int i = 0; i < 4; i++) {
            Files.writeString(lake.resolve(i + ".jsonl"), json(i * 50_000, (i + 1) * 50_000));
        }
        List<CompletableFuture<String>> copies = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> copy("")))
                .toList();
        for (CompletableFuture<String> each : copies) {
            assertThat(each.get()).isEqualTo("COPY 200000");
        }
        assertThat(counted()).containsExactly("200000|200000");
    }

    private void parquet(String file, String query) throws Exception {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("COPY (" + query + ") TO '" + lake.resolve(file) + "' (FORMAT parquet)");
        }
    }

    @Test
    void rowsOfColumnsThatCannotBeConvertedAreTold() throws Exception {
        parquet(
                "t.parquet",
                "SELECT * FROM (VALUES ('1', 'one'), (NULL, 'none'), ('x', 'letter'), ('99999999999999999999', 'far'))"
                        + " AS r(ID, NOTE)");
        assertThat(copy("t.parquet")).isEqualTo("COPY 1");
        assertThat(engine.rows("SELECT * FROM trades")).containsExactly("1|one");
        assertThat(engine.awaitRows("SELECT \"POSITION\" FROM error_stream ORDER BY 1", 3))
                .containsExactly("row 2", "row 3", "row 4");
    }

    @Test
    void columnsWithoutAConversionAreRefusedByName() throws Exception {
        parquet("t.parquet", "SELECT [1, 2] AS id, 'x' AS note");
        assertThatThrownBy(() -> copy("t.parquet")).hasMessageContaining("id").hasMessageContaining("ARRAY");
        parquet("u.parquet", "SELECT 1 AS number, 'x' AS text");
        assertThatThrownBy(() -> copy("u.parquet")).hasMessageContaining("'id'");
    }

    @Test
    void linesWithoutAValueThatMustBeThereAreTold() throws Exception {
        Files.writeString(lake.resolve("t.jsonl"), "{\"id\": 1}\n{\"note\": \"x\"}\n{\"id\": null}\n");
        Files.writeString(lake.resolve("t.csv"), "2,b\n,c\n");
        assertThat(copy("t.*")).isEqualTo("COPY 2");
        assertThat(engine.rows("SELECT id FROM trades ORDER BY id")).containsExactly("1", "2");
        assertThat(engine.awaitRows("SELECT DISTINCT error_name FROM error_stream", 1))
                .containsExactly("NULL_NOT_ALLOWED");
        assertThat(engine.rows("SELECT * FROM error_stream")).hasSize(3);
    }

    @Test
    void aCopyIsCancelledAndGoneOnWith() throws Exception {
        Files.write(lake.resolve("t.jsonl.gz"), packed(json(0, 1_000_000)));
        engine.cancelled("COPY trades FROM 'file://" + lake + "/t.jsonl.gz'");
        assertThat(copy("t.jsonl.gz")).isEqualTo("COPY 1000000");
        assertThat(counted()).containsExactly("1000000|1000000");
    }
}
