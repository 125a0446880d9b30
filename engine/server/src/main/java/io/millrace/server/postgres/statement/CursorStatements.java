package io.millrace.server.postgres.statement;

import io.millrace.server.postgres.statement.SessionStatement.Declare;
import io.millrace.server.postgres.statement.SessionStatement.Fetch;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code DECLARE}, {@code FETCH} and {@code MOVE}. */
final class CursorStatements {

    private static final Pattern TIMEOUT = Pattern.compile("\\s*(\\d{1,9})\\s*(ms|s|min|h)?\\s*");

    private CursorStatements() {}

    static SessionStatement declare(Scanner scanner, String sql) {
        String name = scanner.name();
        while (!scanner.accept("cursor")) {
            if (scanner.at("binary")) {
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED, "binary cursors are not supported", "leave BINARY out");
            }
            if (scanner.at("scroll")) {
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED, "cursors go forward only", "leave SCROLL out, or write NO SCROLL");
            }
            if (scanner.accept("no")) {
                scanner.expect("scroll");
            } else if (!scanner.accept("insensitive") && !scanner.accept("asensitive")) {
                throw scanner.unexpected();
            }
        }
        boolean hold = scanner.accept("with");
        if (hold || scanner.accept("without")) {
            scanner.expect("hold");
        }
        if (!scanner.at("for")) {
            throw scanner.unexpected();
        }
        int offset = scanner.start() + "for".length();
        return new Declare(name, hold, sql.substring(offset), offset);
    }

    static SessionStatement fetch(Scanner scanner, boolean silent) {
        long rows = rows(scanner);
        if (!scanner.accept("from")) {
            scanner.accept("in");
        }
        String cursor = scanner.name();
        long timeout = scanner.accept("with") ? timeout(scanner) : -1;
        scanner.end();
        return new Fetch(cursor, rows, timeout, silent);
    }

    private static long rows(Scanner scanner) {
        if (scanner.kind() == Scanner.Kind.WORD) {
            switch (scanner.text()) {
                case "prior", "first", "last", "absolute", "relative", "backward" -> throw forwardOnly();
                case "next" -> {
                    scanner.advance();
                    return 1;
                }
                case "forward" -> {
                    scanner.advance();
                    return count(scanner);
                }
                default -> {
                    // A count or the cursor's name.
                }
            }
        }
        return count(scanner);
    }

    private static long count(Scanner scanner) {
        if (scanner.accept("all")) {
            return SessionStatement.ALL;
        }
        if (scanner.at("-")) {
            throw forwardOnly();
        }
        if (scanner.kind() != Scanner.Kind.NUMBER) {
            return 1;
        }
        long count;
        try {
            count = Long.parseLong(scanner.text());
        } catch (NumberFormatException e) {
            throw scanner.unexpected();
        }
        scanner.advance();
        return count;
    }

    /** {@code (TIMEOUT = '1s')}: how long to wait for the first row. */
    private static long timeout(Scanner scanner) {
        scanner.expect("(");
        scanner.expect("timeout");
        scanner.accept("=");
        Matcher form = TIMEOUT.matcher(scanner.text());
        if (!form.matches()) {
            throw scanner.unexpected();
        }
        scanner.advance();
        scanner.expect(")");
        long count = Long.parseLong(form.group(1));
        return switch (form.group(2) == null ? "ms" : form.group(2)) {
            case "s" -> count * 1_000;
            case "min" -> count * 60_000;
            case "h" -> count * 3_600_000;
            default -> count;
        };
    }

    private static MillraceException forwardOnly() {
        return new MillraceException(
                ErrorCode.WRONG_STATE, "cursor can only scan forward", "use FETCH FORWARD n or FETCH ALL");
    }
}
