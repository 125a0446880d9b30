package io.millrace.server.postgres.statement;

import io.millrace.server.postgres.statement.SessionStatement.Accept;
import io.millrace.server.postgres.statement.SessionStatement.ResetAll;
import io.millrace.server.postgres.statement.SessionStatement.Set;
import io.millrace.server.postgres.statement.SessionStatement.Show;
import io.millrace.server.postgres.statement.SessionStatement.ShowAll;
import org.jspecify.annotations.Nullable;

/** {@code SET}, {@code RESET} and {@code SHOW} in their many forms. */
final class SettingStatements {

    private SettingStatements() {}

    static SessionStatement set(Scanner scanner) {
        boolean session = scanner.accept("session");
        if ((session && scanner.at("characteristics")) || scanner.at("transaction") || scanner.at("constraints")) {
            return characteristics(scanner);
        }
        if (!session) {
            scanner.accept("local");
        }
        if (scanner.at("role") || scanner.at("authorization")) {
            return identity(scanner);
        }
        if (scanner.accept("names")) {
            return new Set("client_encoding", value(scanner));
        }
        if (scanner.accept("time")) {
            scanner.expect("zone");
            return new Set("timezone", zone(scanner));
        }
        String name = scanner.name();
        if (!scanner.accept("to")) {
            scanner.expect("=");
        }
        return new Set(name, value(scanner));
    }

    /** Isolation and access modes: there is one of each, so that any of them is accepted. */
    private static SessionStatement characteristics(Scanner scanner) {
        while (!scanner.atEnd()) {
            scanner.advance();
        }
        return new Accept("SET");
    }

    /** There is one role: going back to it is all that can be done. */
    private static SessionStatement identity(Scanner scanner) {
        scanner.advance();
        if (!scanner.accept("none") && !scanner.accept("default")) {
            throw scanner.unexpected();
        }
        scanner.end();
        return new Accept("SET");
    }

    private static @Nullable String zone(Scanner scanner) {
        if (scanner.accept("local")) {
            scanner.end();
            return null;
        }
        scanner.accept("interval");
        return value(scanner);
    }

    /** Values in a list are joined with commas. */
    private static @Nullable String value(Scanner scanner) {
        if (scanner.accept("default")) {
            scanner.end();
            return null;
        }
        StringBuilder value = new StringBuilder();
        do {
            value.append(value.isEmpty() ? "" : ", ");
            if (scanner.accept("-")) {
                value.append('-');
            } else {
                scanner.accept("+");
            }
            if (scanner.atEnd() || scanner.kind() == Scanner.Kind.SIGN) {
                throw scanner.unexpected();
            }
            value.append(scanner.take());
        } while (scanner.accept(","));
        scanner.end();
        return value.toString();
    }

    static SessionStatement reset(Scanner scanner) {
        if (scanner.accept("all")) {
            scanner.end();
            return new ResetAll();
        }
        if (scanner.at("role") || scanner.at("session")) {
            return characteristics(scanner);
        }
        return new Set(name(scanner), null);
    }

    /** {@code SHOW} of something that is no setting is the engine's. */
    static @Nullable SessionStatement show(Scanner scanner) {
        if (scanner.kind() != Scanner.Kind.WORD && scanner.kind() != Scanner.Kind.QUOTED) {
            return null;
        }
        if (scanner.accept("all")) {
            return scanner.atEnd() ? new ShowAll() : null;
        }
        String first = scanner.take();
        if (scanner.atEnd()) {
            return new Show(first);
        }
        return switch (first) {
            case "transaction" -> {
                scanner.expect("isolation");
                scanner.expect("level");
                yield new Show("transaction_isolation");
            }
            case "time" -> {
                scanner.expect("zone");
                yield new Show("timezone");
            }
            case "session" -> {
                scanner.expect("authorization");
                yield new Show("session_authorization");
            }
            default -> null;
        };
    }

    private static String name(Scanner scanner) {
        if (scanner.accept("time")) {
            scanner.expect("zone");
            scanner.end();
            return "timezone";
        }
        String name = scanner.name();
        scanner.end();
        return name;
    }
}
