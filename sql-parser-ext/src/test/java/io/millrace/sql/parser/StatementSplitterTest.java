package io.millrace.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.sql.parser.StatementSplitter.Piece;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementSplitterTest {

    @Test
    void aScriptIsCutAtItsSemicolons() {
        assertThat(StatementSplitter.split("SELECT 1;\n SELECT 2 ; ;"))
                .containsExactly(new Piece("SELECT 1", 0), new Piece("SELECT 2", 11));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'a;b'",
                "SELECT 'it''s; here'",
                "SELECT E'it\\'s; here'",
                "SELECT \"a;b\"",
                "SELECT $$a;b$$",
                "SELECT $tag$a;$$;b$tag$",
                "SELECT 1 /* ; */ + 2",
                "SELECT 1 -- ;\n + 2",
                "SELECT 1 // it's;\n + 2",
                "SELECT a$b, $1 FROM t$",
                "SELECT 'not \\'",
                "SELECT 'never closed; at all",
                "SELECT 1 /* never closed; at all",
            })
    void aSemicolonInsideSomethingDoesNotCut(String statement) {
        assertThat(StatementSplitter.split(statement)).hasSize(1);
        assertThat(StatementSplitter.split(statement + (statement.contains("never") ? "" : "\n; SELECT 9")))
                .hasSize(statement.contains("never") ? 1 : 2)
                .first()
                .extracting(Piece::offset)
                .isEqualTo(0);
    }

    @Test
    void blanksAndCommentsAroundAStatementAreLeftOut() {
        String script = "-- first\n/* second; */  SELECT 1 -- third\n ;;; // fourth";

        List<Piece> pieces = StatementSplitter.split(script);

        assertThat(pieces).containsExactly(new Piece("SELECT 1", script.indexOf("SELECT")));
    }

    @Test
    void nothingHasNoStatements() {
        assertThat(StatementSplitter.split(" \n;-- x")).isEmpty();
    }

    @Test
    void aScriptOfADollarSignEnds() {
        assertThat(StatementSplitter.split("$")).containsExactly(new Piece("$", 0));
        assertThat(StatementSplitter.split("$$;")).containsExactly(new Piece("$$;", 0));
    }
}
