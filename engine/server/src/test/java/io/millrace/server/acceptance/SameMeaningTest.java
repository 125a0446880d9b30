package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.session.SqlSession;
import io.millrace.spi.type.DataType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An expression means the same whether or not there is a FROM, though another part of the program computes it. */
class SameMeaningTest {

    @TempDir
    Path directory;

    private EngineFixture engine;

    @BeforeEach
    void open() {
        engine = EngineFixture.open(directory);
        engine.run("CREATE STREAM one (d DOUBLE, t VARCHAR)", "INSERT INTO one VALUES (1E20, 'a\\b')");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void same(String expression, String value) {
        assertThat(engine.rows("SELECT " + expression))
                .as("%s alone", expression)
                .containsExactly(value);
        assertThat(engine.rows("SELECT " + expression + " FROM one"))
                .as("%s of a row", expression)
                .containsExactly(value);
    }

    private DataType type(String query) {
        try (SqlSession session = engine.engine().open("millrace", "types")) {
            return session.prepare(query, List.of()).rowType().field(0).type();
        }
    }

    @Test
    void clocks() {
        for (String clock : List.of("CURRENT_TIMESTAMP", "NOW()", "LOCALTIMESTAMP", "CURRENT_DATE")) {
            assertThat(type("SELECT " + clock)).as(clock).isEqualTo(type("SELECT " + clock + " FROM one"));
        }
        assertThat(type("SELECT NOW()")).isEqualTo(DataType.TIMESTAMP);
    }

    @Test
    void numbersAsText() {
        same("CAST(1E20 AS VARCHAR)", "1e+20");
        same("CAST(1.5E0 AS VARCHAR)", "1.5");
        same("CAST(100E0 AS VARCHAR)", "100");
        same("CAST(1E-7 AS VARCHAR)", "1e-07");
        assertThat(engine.rows("SELECT CAST(d AS VARCHAR) FROM one")).containsExactly("1e+20");
    }

    @Test
    void backslashesInPatterns() {
        same("'a\\b' LIKE 'a\\b'", "true");
        same("'a%' LIKE 'a\\%'", "false");
        assertThat(engine.rows("SELECT t LIKE 'a\\b' FROM one")).containsExactly("true");
    }
}
