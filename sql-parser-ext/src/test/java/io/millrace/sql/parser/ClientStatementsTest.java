package io.millrace.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Statements as psql 15 ({@code \d} and its kin) and pgjdbc 42 ({@code DatabaseMetaData}) send them. */
class ClientStatementsTest {

    @ParameterizedTest
    @MethodSource("statements")
    void aClientsStatementIsWrittenAsWhatReadsTheSame(String statement) throws ParseFailure {
        String written = MillraceParser.text(MillraceParser.parse(statement));

        assertThat(MillraceParser.text(MillraceParser.parse(written))).isEqualTo(written);
    }

    static Stream<String> statements() throws IOException {
        return Stream.concat(
                        StatementSplitter.split(resource("psql15.sql")).stream(),
                        StatementSplitter.split(resource("pgjdbc42.sql")).stream())
                .map(StatementSplitter.Piece::text);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ClientStatementsTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
