package io.millrace.server.query;

import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The first rows of partitions are those that DuckDB names, all at once and in steps, however the steps are cut. */
class TopNAgreesTest {

    private static final int ROUNDS = 60;

    private final Agreement agreement = new Agreement();

    @Test
    void eachFormAnswersAsDuckDbDoes() throws SQLException {
        for (String sql : TopNQueries.each()) {
            agreement.attempt(sql, sql.hashCode());
        }
        agreement.report("forms");
    }

    @Test
    void randomQueriesAnswerAsDuckDbDoes() throws SQLException {
        long first = Long.getLong("seed", 1);
        for (long seed = first; seed < first + ROUNDS; seed++) {
            agreement.attempt(new TopNQueries(new Random(seed)).next(), seed);
        }
        agreement.report("random queries");
    }
}
