package io.millrace.jdbc;

import io.millrace.jdbc.wire.Command;
import java.util.List;

/** A statement as it goes to the server, or several of a batch, and the limits it is under. */
final class Request {

    private final List<Command> commands;
    private final int rowsMax;
    private final long timeoutMillis;
    private final int idleTimeoutMillis;
    private final SqlText.Kind kind;

    Request(Command command, int rowsMax, long timeoutMillis, int idleTimeoutMillis) {
        this(List.of(command), rowsMax, timeoutMillis, idleTimeoutMillis, SqlText.kind(command.sql()));
    }

    private Request(List<Command> commands, int rowsMax, long timeoutMillis, int idleTimeoutMillis, SqlText.Kind kind) {
        this.commands = commands;
        this.rowsMax = rowsMax;
        this.timeoutMillis = timeoutMillis;
        this.idleTimeoutMillis = idleTimeoutMillis;
        this.kind = kind;
    }

    /** Asks for statements that go together and answer without rows. */
    static Request together(List<Command> commands, long timeoutMillis) {
        return new Request(commands, 0, timeoutMillis, 0, SqlText.Kind.OTHER);
    }

    /** Returns the statement, or the first of several. */
    Command command() {
        return commands.get(0);
    }

    /** Returns the statements that go together; one that stands for itself is not among several. */
    List<Command> commands() {
        return commands;
    }

    boolean together() {
        return commands.size() > 1;
    }

    int rowsMax() {
        return rowsMax;
    }

    /** Returns how long it may take, 0 for ever: to the end, or to the description where it has no end. */
    long timeoutMillis() {
        return timeoutMillis;
    }

    /** Returns how long to wait for a row, 0 for ever. */
    int idleTimeoutMillis() {
        return idleTimeoutMillis;
    }

    boolean endless() {
        return kind == SqlText.Kind.STREAM;
    }

    boolean setting() {
        return kind == SqlText.Kind.SETTING;
    }
}
