package io.millrace.sql.system;

import io.millrace.sql.parser.StatementSplitter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Statements that a client program sent, from a file. */
record ClientStatements(List<String> all) {

    static ClientStatements of(String resource) throws IOException {
        try (InputStream in = ClientStatements.class.getResourceAsStream(resource)) {
            String script = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return new ClientStatements(StatementSplitter.split(script).stream()
                    .map(StatementSplitter.Piece::text)
                    .toList());
        }
    }

    /** Returns the first statement that has all these parts. */
    String containing(String... parts) {
        return all.stream()
                .filter(statement -> Arrays.stream(parts).allMatch(statement::contains))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no statement with " + Arrays.toString(parts)));
    }
}
