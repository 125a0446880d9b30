package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets that somebody pastes into a URL, which no answer, list or plan has. */
final class ShownSecretsTest {

    @TempDir
    Path directory;

    private EngineFixture engine;

    @BeforeEach
    void open() {
        engine = EngineFixture.open(directory);
        engine.run("CREATE STREAM s (id BIGINT)");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://lake/a.csv?X-Amz-Credential=AKIA&X-Amz-Signature=sesame",
                "azure://account.blob.core.windows.net/lake/a.csv?sv=2025-01-05&sig=sesame",
                "azure://account.blob.core.windows.net/lake/*.csv?sv=2025-01-05&sig=sesame",
                "s3://AKIA:sesame@lake/a.csv",
                "abfss://lake:sesame@account.dfs.core.windows.net/a.csv",
                "file:///lake/a.nothing?token=sesame",
                "iceberg:market.trades?catalog=rest&catalog_uri=https://me:sesame@127.0.0.1:1/"
            })
    void aUrlOfFilesWithASecretIsRefusedWithoutIt(String url) {
        String from = " FROM '" + url + "'";
        List<String> statements = url.startsWith("iceberg:")
                ? List.of("SELECT *" + from, "EXPLAIN SELECT *" + from)
                : List.of(
                        "SELECT *" + from,
                        "EXPLAIN SELECT *" + from,
                        "SELECT STREAM *" + from,
                        "INSERT INTO s SELECT id" + from,
                        "COPY s" + from,
                        "CREATE EXTERNAL TABLE t" + from,
                        "CREATE EXTERNAL TABLE t (id BIGINT)" + from,
                        "CREATE EXTERNAL TABLE t (id BIGINT)" + from + " WITH (watch_interval = '1 s')");
        for (String statement : statements) {
            MillraceException refused = engine.failure(statement);
            assertThat(refused.describe())
                    .as(statement)
                    .doesNotContain("sesame")
                    .contains("(hidden)");
            for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString()).as(statement).doesNotContain("sesame");
            }
        }
        assertThat(engine.rows("SHOW TABLES")).isEmpty();
    }

    @Test
    void listsAndTextsHideWhatTablesAndDeliveriesHave() {
        engine.run("CREATE EXTERNAL TABLE t (id BIGINT) FROM 'jdbc:postgresql://127.0.0.1:1/d?user=sesame'"
                + " WITH (\"table\" = 'x')");
        engine.run("CREATE DELIVERY d FROM s TO 'http://127.0.0.1:1/in?key=sesame'");
        for (String statement :
                List.of("SHOW TABLES", "SHOW CREATE EXTERNAL TABLE t", "SHOW DELIVERIES", "SHOW CREATE DELIVERY d")) {
            assertThat(String.join("\n", engine.rows(statement))).as(statement).doesNotContain("sesame");
        }
        assertThat(engine.failure("EXPLAIN SELECT * FROM t").describe())
                .doesNotContain("sesame")
                .contains("(hidden)");
        assertThat(engine.rows("SHOW TABLES"))
                .containsExactly("t|null|null|table of jdbc:postgresql://127.0.0.1:1/d?(hidden)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://AKIA:sesame@lake/a",
                "s3://lake/a?X-Amz-Signature=sesame",
                "azure://account.blob.core.windows.net/lake?sig=sesame",
                "file://me:sesame@host/lake",
                "delta:s3://lake/a?X-Amz-Signature=sesame",
                "iceberg:trades?catalog_token=sesame",
                "none://me:sesame@host/lake",
                "no url ://me:sesame@host/lake"
            })
    void aDestinationThatCannotBeIsNamedWithoutSecrets(String url) {
        MillraceException refused = engine.failure("CREATE DELIVERY d FROM s TO '" + url + "'");
        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(refused.describe()).doesNotContain("sesame");
    }
}
