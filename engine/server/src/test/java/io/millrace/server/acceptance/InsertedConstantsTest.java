package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.MillraceException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A constant of VALUES, which is read without the validator, is stored as one of SELECT, which is not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InsertedConstantsTest {

    private static final String COLUMNS = "(i INTEGER, b BIGINT, d DECIMAL(10, 2), f DOUBLE, r REAL, v VARCHAR(3),"
            + " c CHAR(4), o BOOLEAN, a DATE, t TIME, s TIMESTAMP, z TIMESTAMP WITH LOCAL TIME ZONE)";

    private EngineFixture engine;
    private int streams;

    @BeforeAll
    void open(@TempDir Path directory) {
        engine = EngineFixture.open(directory);
    }

    @AfterAll
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        i | 2147483647
        i | -2147483648
        i | 2147483648
        i | -2.5
        i | 1e2
        i | '7'
        i | TRUE
        b | -9223372036854775808
        b | 9223372036854775808
        d | 12345678.905
        d | 99999999.995
        d | -0.004
        d | 12345678901234567890123456789012345678901234567890
        d | 0.00000000000000000000000000000000000000000000000001
        f | 1e308
        f | 1e309
        f | -1e309
        f | 1e-400
        f | 12345678901234567890
        r | 1e39
        r | 16777217
        v | 'abcd'
        v | U&'\\00e4'
        v | 5
        c | 'abcde'
        o | UNKNOWN
        o | NOT TRUE
        o | 'true'
        a | DATE '2021-02-29'
        a | DATE '9999-12-31'
        a | DATE '10000-01-01'
        a | TIMESTAMP '2020-01-01 10:00:00'
        t | TIME '23:59:59.9999999'
        s | TIMESTAMP '2020-01-01 00:00:00.9999999'
        s | TIMESTAMP '0001-01-01 00:00:00'
        s | DATE '2020-01-01'
        z | TIMESTAMP '2020-03-29 02:30:00'
        z | TIMESTAMP WITH LOCAL TIME ZONE '2020-03-29 02:30:00'
        """)
    void isTheSame(String column, String constant) {
        assertThat(inserted(column, "VALUES (" + constant + ")"))
                .isEqualTo(inserted(column, "SELECT " + constant + " FROM (VALUES (1)) AS one (n)"))
                .doesNotContain("mistake of ours");
    }

    /** Returns what is stored, or why nothing is. */
    private String inserted(String column, String rows) {
        String stream = "s" + streams++;
        engine.run("CREATE STREAM " + stream + " " + COLUMNS);
        MillraceException failure = engine.failure("INSERT INTO " + stream + " (" + column + ") " + rows);
        return failure == null
                ? engine.rows("SELECT " + column + " FROM " + stream).toString()
                : failure.code() + " " + failure.getMessage() + " " + failure.hint();
    }
}
