package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.engine.EngineSettings;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.log.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A query that has much to catch up with gives the same whichever threads filter and compute its rows. */
class RowsPreparedAheadTest {

    private static final int RECORDS = 100_000;

    /** Of ids 0 … 99,999, those that are no multiple of 3 and cannot be divided by: 100, 200, 400 … */
    private static final int FAILING = 666;

    private static final int PASSING = 66_666 - FAILING;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "3, 1", "3, 3"})
    void rowsAndFailuresAreThoseOfOneThread(int decodeThreads, int workers) {
        EngineSettings settings =
                EngineSettings.DEFAULT.withDecodeThreads(decodeThreads).withWorkers(workers);
        try (EngineFixture engine = EngineFixture.open(directory.resolve("data"), settings)) {
            engine.run(
                    "CREATE STREAM numbers (id INTEGER, name VARCHAR)",
                    "CREATE STREAM quotients (id INTEGER, quotient INTEGER, name VARCHAR)");
            put(engine);
            engine.run("CREATE PUMP divides AS INSERT INTO quotients"
                    + " SELECT STREAM id, 1000000 / MOD(id, 100), UPPER(name) FROM numbers WHERE MOD(id, 3) <> 0");
            engine.await(
                    "SELECT COUNT(*) FROM quotients", rows -> rows.getFirst().equals("" + PASSING));
            assertThat(engine.rows("SELECT COUNT(*), COUNT(DISTINCT id), MIN(id), MAX(id) FROM quotients"
                            + " WHERE quotient = 1000000 / MOD(id, 100) AND name = 'N' || id AND MOD(id, 3) <> 0"))
                    .containsExactly(PASSING + "|" + PASSING + "|1|99998");
            // In the order in which they came, and none twice.
            assertThat(engine.rows("SELECT COUNT(*) FROM (SELECT id, LAG(id) OVER (ORDER BY ROWTIME) AS before"
                            + " FROM quotients) WHERE before > id"))
                    .containsExactly("0");
            assertThat(engine.rows("SELECT COUNT(*), COUNT(DISTINCT \"POSITION\"), MIN(message) FROM error_stream"
                            + " WHERE pump_name = 'divides' AND error_name = 'DIVISION_BY_ZERO'"))
                    .containsExactly(FAILING + "|" + FAILING + "|division by zero");

            // The time of the step is not known ahead.
            assertThat(engine.rows("SELECT MIN(CURRENT_DATE) > DATE '2020-01-01', MIN(NOW()) > TIMESTAMP '2020-01-01',"
                            + " MIN(LOCALTIMESTAMP) > TIMESTAMP '2020-01-01', COUNT(DISTINCT CURRENT_TIME),"
                            + " COUNT(DISTINCT CURRENT_TIMESTAMP) FROM numbers"))
                    .containsExactly("true|true|true|1|1");

            // A query that ends fails with such a row, where it comes to it and not before.
            assertThat(engine.failure("SELECT SUM(1000000 / MOD(id, 100)) FROM numbers")
                            .code())
                    .isEqualTo(ErrorCode.DIVISION_BY_ZERO);
            assertThat(engine.rows("SELECT 1000000 / MOD(id + 60001, 100000) FROM numbers LIMIT 2"))
                    .containsExactly("16", "16");
        }
    }

    private static void put(EngineFixture engine) {
        RecordBatch batch = new RecordBatch();
        for (int id = 0; id < RECORDS; id++) {
            String record = "{\"id\": " + id + ", \"name\": \"n" + id + "\"}";
            batch.add(new byte[] {'k'}, record.getBytes(StandardCharsets.UTF_8));
            if (batch.size() == 1000) {
                engine.put("numbers", 0, batch);
                batch.clear();
            }
        }
    }
}
