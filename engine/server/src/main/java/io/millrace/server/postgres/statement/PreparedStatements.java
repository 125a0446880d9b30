package io.millrace.server.postgres.statement;

import io.millrace.server.postgres.statement.SessionStatement.Execute;
import io.millrace.server.postgres.statement.SessionStatement.Prepare;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code PREPARE} and {@code EXECUTE}. */
final class PreparedStatements {

    private PreparedStatements() {}

    static SessionStatement prepare(Scanner scanner, String sql) {
        if (scanner.at("transaction")) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED, "PREPARE TRANSACTION is not supported", "transactions group nothing here");
        }
        String name = scanner.name();
        List<String> types = new ArrayList<>();
        if (scanner.accept("(")) {
            do {
                types.add(type(scanner));
            } while (scanner.accept(","));
            scanner.expect(")");
        }
        if (!scanner.at("as")) {
            throw scanner.unexpected();
        }
        int offset = scanner.start() + "as".length();
        return new Prepare(name, types, sql.substring(offset), offset);
    }

    /** Passes over a type and returns its words, without lengths and precisions. */
    private static String type(Scanner scanner) {
        StringBuilder words = new StringBuilder();
        int depth = 0;
        while (depth > 0 || !(scanner.at(",") || scanner.at(")"))) {
            if (scanner.atEnd()) {
                throw scanner.unexpected();
            }
            boolean opens = scanner.at("(");
            boolean closes = scanner.at(")");
            if (depth == 0 && !opens) {
                boolean word = scanner.kind() == Scanner.Kind.WORD;
                words.append(word && !words.isEmpty() ? " " : "").append(scanner.text());
            }
            depth += opens ? 1 : closes ? -1 : 0;
            scanner.advance();
        }
        return words.toString();
    }

    static SessionStatement execute(Scanner scanner) {
        String name = scanner.name();
        List<@Nullable String> values = new ArrayList<>();
        if (scanner.accept("(") && !scanner.accept(")")) {
            do {
                values.add(value(scanner));
            } while (scanner.accept(","));
            scanner.expect(")");
        }
        scanner.end();
        return new Execute(name, values);
    }

    /** Reads a constant, with or without the name of its type; the parameter's own type is what counts. */
    private static @Nullable String value(Scanner scanner) {
        String value;
        if (scanner.accept("null")) {
            value = null;
        } else if (scanner.kind() == Scanner.Kind.NUMBER) {
            value = number(scanner, "");
        } else if (scanner.accept("+")) {
            value = number(scanner, "");
        } else if (scanner.accept("-")) {
            value = number(scanner, "-");
        } else {
            value = text(scanner);
        }
        if (scanner.accept(":")) {
            scanner.expect(":");
            type(scanner);
        }
        return value;
    }

    private static String number(Scanner scanner, String sign) {
        if (scanner.kind() != Scanner.Kind.NUMBER) {
            throw scanner.unexpected();
        }
        return sign + scanner.take();
    }

    private static String text(Scanner scanner) {
        if (scanner.kind() == Scanner.Kind.WORD && !scanner.at("e")) {
            String word = scanner.take();
            if (scanner.kind() != Scanner.Kind.TEXT) {
                if (word.equals("true") || word.equals("false")) {
                    return word;
                }
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED, "EXECUTE takes constants alone, not \"" + word + "\"", null);
            }
        }
        return scanner.string();
    }
}
