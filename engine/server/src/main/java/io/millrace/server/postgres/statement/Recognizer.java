package io.millrace.server.postgres.statement;

import io.millrace.server.postgres.statement.SessionStatement.Accept;
import io.millrace.server.postgres.statement.SessionStatement.Begin;
import io.millrace.server.postgres.statement.SessionStatement.Close;
import io.millrace.server.postgres.statement.SessionStatement.Commit;
import io.millrace.server.postgres.statement.SessionStatement.Deallocate;
import io.millrace.server.postgres.statement.SessionStatement.Discard;
import io.millrace.server.postgres.statement.SessionStatement.Empty;
import io.millrace.server.postgres.statement.SessionStatement.Release;
import io.millrace.server.postgres.statement.SessionStatement.Rollback;
import io.millrace.server.postgres.statement.SessionStatement.RollbackTo;
import io.millrace.server.postgres.statement.SessionStatement.Savepoint;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells which statements the gateway carries out by itself. */
public final class Recognizer {

    private static final Set<String> FIRST_WORDS = Set.of(
            "begin",
            "start",
            "commit",
            "end",
            "rollback",
            "abort",
            "savepoint",
            "release",
            "set",
            "reset",
            "show",
            "discard",
            "deallocate",
            "prepare",
            "execute",
            "declare",
            "fetch",
            "move",
            "close",
            "listen",
            "unlisten",
            "copy");

    private Recognizer() {}

    /** Returns what the statement asks for, or null where it is the engine's. */
    public static @Nullable SessionStatement recognize(String sql) {
        Scanner scanner = new Scanner(sql);
        if (scanner.atEnd()) {
            return new Empty();
        }
        if (scanner.kind() != Scanner.Kind.WORD || !FIRST_WORDS.contains(scanner.text())) {
            return null;
        }
        return switch (scanner.take()) {
            case "begin" -> transaction(scanner, new Begin("BEGIN"));
            case "start" -> scanner.at("transaction") ? transaction(scanner, new Begin("START TRANSACTION")) : null;
            case "commit", "end" -> transaction(scanner, new Commit());
            case "rollback", "abort" -> rollback(scanner);
            case "savepoint" -> new Savepoint(last(scanner));
            case "release" -> {
                scanner.accept("savepoint");
                yield new Release(last(scanner));
            }
            case "set" -> SettingStatements.set(scanner);
            case "reset" -> SettingStatements.reset(scanner);
            case "show" -> SettingStatements.show(scanner);
            case "discard" -> discard(scanner);
            case "deallocate" -> {
                scanner.accept("prepare");
                yield new Deallocate(nameOrAll(scanner));
            }
            case "prepare" -> PreparedStatements.prepare(scanner, sql);
            case "execute" -> PreparedStatements.execute(scanner);
            case "declare" -> CursorStatements.declare(scanner, sql);
            case "fetch" -> CursorStatements.fetch(scanner, false);
            case "move" -> CursorStatements.fetch(scanner, true);
            case "close" -> new Close(nameOrAll(scanner));
            case "listen" -> new Accept("LISTEN");
            case "unlisten" -> new Accept("UNLISTEN");
            case "copy" -> CopyStatements.copy(scanner, sql);
            default -> null;
        };
    }

    /** What follows names isolation levels and the like, which change nothing here. */
    private static SessionStatement transaction(Scanner scanner, SessionStatement statement) {
        while (!scanner.atEnd()) {
            if (scanner.at("prepared")) {
                throw scanner.unexpected();
            }
            scanner.advance();
        }
        return statement;
    }

    private static SessionStatement rollback(Scanner scanner) {
        if (!scanner.accept("work")) {
            scanner.accept("transaction");
        }
        if (!scanner.accept("to")) {
            return transaction(scanner, new Rollback());
        }
        scanner.accept("savepoint");
        return new RollbackTo(last(scanner));
    }

    private static SessionStatement discard(Scanner scanner) {
        String what = last(scanner);
        return switch (what) {
            case "all", "plans", "sequences", "temp", "temporary" ->
                new Discard(what.equals("all"), "DISCARD " + what.toUpperCase(Locale.ROOT));
            default -> throw scanner.unexpected();
        };
    }

    private static @Nullable String nameOrAll(Scanner scanner) {
        if (scanner.accept("all")) {
            scanner.end();
            return null;
        }
        return last(scanner);
    }

    private static String last(Scanner scanner) {
        String name = scanner.name();
        scanner.end();
        return name;
    }
}
