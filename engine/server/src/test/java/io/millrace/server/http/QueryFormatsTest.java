package io.millrace.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.format.arrow.ArrowFormat;
import io.millrace.format.arrow.ArrowStreamFormat;
import io.millrace.format.parquet.ParquetFormat;
import io.millrace.spi.Options;
import io.millrace.spi.format.FileFormat;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.row.RowBatch;
import io.millrace.testing.row.RowValues;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers in each format. */
@Timeout(60)
class QueryFormatsTest {

    private static final String SELECT = "SELECT ticker, size, price FROM trades ORDER BY size";

    @TempDir
    Path directory;

    private HttpFixture http;

    @BeforeEach
    void open() {
        http = HttpFixture.open(directory.resolve("data"));
        http.run(
                "CREATE STREAM trades (ticker VARCHAR, size INTEGER, price DECIMAL(10, 2))",
                "INSERT INTO trades VALUES ('ACME', 1, 2.50), ('In, \"it\"', 2, NULL)");
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void linesOfJsonUnlessAskedOtherwise() throws Exception {
        HttpResponse<InputStream> answer = http.ask("", SELECT);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/x-ndjson");
        assertThat(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("""
                    {"ticker":"ACME","size":1,"price":2.50}
                    {"ticker":"In, \\"it\\"","size":2,"price":null}
                    """);
    }

    @Test
    void csvHasTheNamesOfItsColumns() throws Exception {
        assertThat(http.text("format=csv", SELECT)).isEqualTo("""
            ticker,size,price
            ACME,1,2.50
            "In, ""it\""",2,
            """);
        assertThat(http.text("format=csv&header=false&delimiter=%3B&null_text=-", SELECT))
                .isEqualTo("""
                    ACME;1;2.50
                    "In, ""it\""";2;-
                    """);
    }

    @Test
    void columnsComeAsArrowAndParquet() throws Exception {
        List<String> rows = List.of("[ACME, 1, 2.50]", "[In, \"it\", 2, null]");

        assertThat(read(new ArrowStreamFormat(), http.bytes("format=arrow-stream", SELECT)))
                .isEqualTo(rows);
        assertThat(read(new ArrowStreamFormat(), http.bytes("format=arrow-stream&compression=zstd", SELECT)))
                .isEqualTo(rows);
        assertThat(read(new ArrowFormat(), http.bytes("format=arrow", SELECT))).isEqualTo(rows);
        assertThat(read(new ParquetFormat(), http.bytes("format=parquet", SELECT)))
                .isEqualTo(rows);
    }

    @Test
    void anAnswerWithoutRowsIsStillOfItsFormat() throws Exception {
        String nothing = "SELECT ticker FROM trades WHERE size > 100";

        assertThat(read(new ArrowStreamFormat(), http.bytes("format=arrow-stream", nothing)))
                .isEmpty();
        assertThat(read(new ParquetFormat(), http.bytes("format=parquet", nothing)))
                .isEmpty();
        assertThat(http.text("format=csv", nothing)).isEqualTo("ticker\n");
        assertThat(http.text("", nothing)).isEmpty();
    }

    @Test
    void theClientAcceptsWhatItCanRead() throws Exception {
        assertThat(type("application/vnd.apache.arrow.stream")).isEqualTo("application/vnd.apache.arrow.stream");
        assertThat(type("text/html, text/*;q=0.5")).startsWith("text/csv");
        assertThat(type("application/vnd.apache.parquet")).isEqualTo("application/vnd.apache.parquet");
        assertThat(type("*/*")).isEqualTo("application/x-ndjson");
        assertThat(http.ask("", SELECT, "Accept", "image/png").statusCode()).isEqualTo(406);
    }

    private String type(String accept) throws Exception {
        HttpResponse<InputStream> answer = http.ask("", SELECT, "Accept", accept);
        answer.body().close();
        return answer.headers().firstValue("content-type").orElse("");
    }

    @Test
    void parametersComeWithTheAddressOrInABody() throws Exception {
        String expected = "{\"size\":1}\n";
        String json =
                "{\"sql\": \"SELECT size FROM trades WHERE ticker = ? AND size < ?\", \"parameters\": [\"ACME\", 5]}";

        assertThat(http.text("param=ACME&param=5", "SELECT size FROM trades WHERE ticker = ? AND size < ?"))
                .isEqualTo(expected);
        assertThat(http.text("", json, "Content-Type", "application/json")).isEqualTo(expected);
    }

    @Test
    void settingsHoldForTheRequest() throws Exception {
        String instant = "SELECT CAST(TIMESTAMP '2026-01-01 00:00:00' AS TIMESTAMP WITH LOCAL TIME ZONE) AS t";

        assertThat(http.text("format=csv&header=false&timezone=Europe/Berlin", instant))
                .isEqualTo("2025-12-31 23:00:00+00\n");
        assertThat(http.text("format=csv&header=false", instant)).isEqualTo("2026-01-01 00:00:00+00\n");
    }

    @Test
    void aStatementWithoutRowsSaysWhatWasDone() throws Exception {
        assertThat(http.text("", "INSERT INTO trades VALUES ('NEW', 3, 1)")).isEqualTo("{\"done\":\"INSERT 0 1\"}\n");
        assertThat(http.text("format=csv", "SELECT COUNT(*) AS n FROM trades;")).isEqualTo("n\n3\n");
    }

    @Test
    void whatAStatementHasToNoticeIsSaid() throws Exception {
        http.text("", "CREATE STREAM sums (ticker VARCHAR, total BIGINT)");
        String pump = "PUMP p AS INSERT INTO sums SELECT STREAM ticker, size FROM trades";
        assertThat(http.text("", "CREATE " + pump)).isEqualTo("{\"done\":\"CREATE PUMP\"}\n");

        String joined = "ALTER PUMP p AS INSERT INTO sums SELECT STREAM a.ticker, b.size FROM trades AS a"
                + " JOIN trades AS b ON a.ticker = b.ticker AND a.size = b.size";
        assertThat(http.text("", joined))
                .startsWith("{\"done\":\"ALTER PUMP\",\"notices\":[\"state is rebuilt from what the streams retain: ")
                .endsWith("\"]}\n");
    }

    @Test
    void anEndlessAnswerGivesRowsAsTheyCome() throws Exception {
        HttpResponse<InputStream> answer = http.ask("format=csv", "SELECT STREAM ticker FROM trades");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("ticker");
            assertThat(lines.readLine()).isEqualTo("ACME");
            assertThat(lines.readLine()).isEqualTo("\"In, \"\"it\"\"\"");
            for (int i = 0; i < 20; i++) {
                http.run("INSERT INTO trades VALUES ('new " + i + "', 3, 1)");
                assertThat(lines.readLine()).isEqualTo("new " + i);
            }
        }
    }

    @Test
    void anEndlessAnswerThatIsBoundedEnds() throws Exception {
        byte[] stream = http.bytes("format=arrow-stream", "SELECT STREAM ticker FROM trades LIMIT 2");

        assertThat(read(new ArrowStreamFormat(), stream)).hasSize(2);
    }

    private List<String> read(FileFormat format, byte[] bytes) throws Exception {
        Path file = directory.resolve("answer");
        Files.write(file, bytes);
        List<String> rows = new ArrayList<>();
        try (RowFileReader reader = format.reader(FileChannel.open(file), Options.NONE)) {
            for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
                RowValues.of(batch).forEach(row -> rows.add(row.toString()));
            }
        }
        return rows;
    }
}
