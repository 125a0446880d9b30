package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.engine.EngineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries that need ten times the memory they may use come to their end. */
class QueryMemoryTest {

    private static final String ROWS = "SELECT n.i * 1000 + m.i AS i FROM thousand n, thousand m WHERE n.i < 150";

    @TempDir
    Path directory;

    private static void thousand(EngineFixture engine) {
        engine.run("CREATE STREAM thousand (i INTEGER)");
        String[] records = new String[1000];
        for (int i = 0; i < records.length; i++) {
            records[i] = "{\"i\": " + i + "}";
        }
        engine.put("thousand", records);
    }

    @Test
    void rowsThatDoNotFitArePutAsideAndExplainAnalyzeSaysSo() throws IOException {
        try (EngineFixture engine = EngineFixture.open(directory, EngineSettings.DEFAULT.withQueryMemory(0))) {
            thousand(engine);
            String groups = "SELECT i, COUNT(*) FROM (" + ROWS + ") GROUP BY i";
            assertThat(engine.rows("SELECT COUNT(*), SUM(i), MIN(n), MAX(n) FROM (SELECT i, COUNT(*) AS n FROM (" + ROWS
                            + ") GROUP BY i)"))
                    .containsExactly("150000|11249925000|1|1");
            assertThat(String.join("\n", engine.rows("EXPLAIN ANALYZE " + groups)))
                    .containsPattern("holds .* kB, put .* kB aside on disk");
            String sorted = "SELECT i FROM (" + ROWS + ") ORDER BY i DESC LIMIT 3 OFFSET 100000";
            assertThat(engine.rows(sorted)).isEqualTo(List.of("49999", "49998", "49997"));
            assertThat(engine.rows("SELECT COUNT(*) FROM (" + ROWS + ") a JOIN (" + ROWS + ") b ON a.i = b.i + 1"))
                    .containsExactly("149999");
            assertThat(directory.resolve("spill")).isEmptyDirectory();
            Files.writeString(directory.resolve("spill/rows0815.spill"), "left by a process that was killed");
            engine.restart();
            assertThat(directory.resolve("spill")).isEmptyDirectory();
        }
    }
}
