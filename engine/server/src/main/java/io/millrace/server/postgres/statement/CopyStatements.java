package io.millrace.server.postgres.statement;

import io.millrace.server.postgres.copy.CopyOptions;
import io.millrace.server.postgres.statement.SessionStatement.CopyFrom;
import io.millrace.server.postgres.statement.SessionStatement.CopyTo;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code COPY stream [(columns)] FROM STDIN} and {@code COPY stream [(columns)] | (query) TO STDOUT}. What comes
 * from a URL is for the engine.
 */
final class CopyStatements {

    private final Scanner scanner;
    private final String sql;

    private CopyStatements(Scanner scanner, String sql) {
        this.scanner = scanner;
        this.sql = sql;
    }

    /** Returns the statement, or null where it is not for the session to carry out. */
    static @Nullable SessionStatement copy(Scanner scanner, String sql) {
        return new CopyStatements(scanner, sql).copy();
    }

    private @Nullable SessionStatement copy() {
        if (scanner.at("(")) {
            int from = scanner.start() + 1;
            int to = closing();
            scanner.expect("to");
            return new CopyTo(sql.substring(from, to), from, output());
        }
        int from = scanner.start();
        String stream = qualifiedName();
        int nameEnd = scanner.start();
        int columnsFrom = nameEnd;
        List<String> columns = scanner.at("(") ? names() : List.of();
        String named = columns.isEmpty()
                ? "*"
                : sql.substring(columnsFrom, scanner.start()).strip();
        if (scanner.accept("from")) {
            if (scanner.kind() == Scanner.Kind.TEXT) {
                return null;
            }
            return new CopyFrom(stream, columns, input());
        }
        scanner.expect("to");
        String selected = columns.isEmpty() ? "*" : named.substring(1, named.lastIndexOf(')'));
        return new CopyTo("SELECT " + selected + " FROM " + sql.substring(from, nameEnd), -1, output());
    }

    /** Passes over what is in parentheses and returns where the closing one stands. */
    private int closing() {
        int depth = 0;
        int at;
        do {
            depth += scanner.at("(") ? 1 : scanner.at(")") ? -1 : 0;
            at = scanner.start();
            if (scanner.atEnd()) {
                throw scanner.unexpected();
            }
            scanner.advance();
        } while (depth > 0);
        return at;
    }

    private CopyOptions input() {
        refuseOthers("stdin", "from");
        CopyOptions options = new CopyClauses(scanner).read();
        if (!options.forceQuote().isEmpty()) {
            throw CopyClauses.notAvailable("FORCE_QUOTE", "COPY FROM");
        }
        return options;
    }

    private CopyOptions output() {
        refuseOthers("stdout", "to");
        CopyOptions options = new CopyClauses(scanner).read();
        if (!options.forceNull().isEmpty() || !options.forceNotNull().isEmpty()) {
            throw CopyClauses.notAvailable("FORCE_NULL or FORCE_NOT_NULL", "COPY TO");
        }
        if (options.header() == CopyOptions.Header.MATCH) {
            throw CopyClauses.notAvailable("HEADER MATCH", "COPY TO");
        }
        return options;
    }

    /** The server reads and writes no files for its clients. */
    private void refuseOthers(String stream, String preposition) {
        if (scanner.kind() == Scanner.Kind.TEXT || scanner.at("program")) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "COPY " + preposition.toUpperCase(java.util.Locale.ROOT) + " a file or a program is not supported",
                    "use " + stream.toUpperCase(java.util.Locale.ROOT) + ", or \\copy of psql, which reads and writes"
                            + " the client's files");
        }
        if (!scanner.accept("stdin")) {
            scanner.expect("stdout");
        }
    }

    private String qualifiedName() {
        String name = simple();
        while (scanner.accept(".")) {
            name = simple();
        }
        return name;
    }

    /** An unquoted name comes with its qualifiers in one piece. */
    private String simple() {
        boolean quoted = scanner.kind() == Scanner.Kind.QUOTED;
        String name = scanner.name();
        return quoted ? name : name.substring(name.lastIndexOf('.') + 1);
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        scanner.expect("(");
        do {
            names.add(scanner.name());
        } while (scanner.accept(","));
        scanner.expect(")");
        return names;
    }
}
