package io.millrace.server.command;

import io.millrace.sql.parser.StatementSplitter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The SQL shell: a line editor with history, statements over several lines, Ctrl-C for the running one. */
final class SqlShell {

    private static final String PROMPT = "millrace> ";
    private static final String MORE = "       -> ";
    private static final String[] WORDS = {
        "SELECT",
        "STREAM",
        "FROM",
        "WHERE",
        "GROUP BY",
        "ORDER BY",
        "LIMIT",
        "CREATE",
        "PUMP",
        "DELIVERY",
        "MATERIALIZED VIEW",
        "INSERT INTO",
        "VALUES",
        "SHOW",
        "STREAMS",
        "PUMPS",
        "DELIVERIES",
        "DESCRIBE",
        "EXPLAIN",
        "DROP",
        "ALTER",
        "START",
        "STOP",
        "TUMBLE",
        "HOP",
        "DESCRIPTOR",
        "INTERVAL",
        "WATERMARK FOR",
        "quit",
        "help"
    };
    private static final Map<String, String> COMMANDS = Map.of(
            "help", "statements end with ';'. quit leaves. Ctrl-C ends a running statement. Try SHOW STREAMS;",
            "\\?", "statements end with ';'. quit leaves. Ctrl-C ends a running statement. Try SHOW STREAMS;");

    private final Connection connection;
    private final RowPrinter.Format format;

    SqlShell(Connection connection, RowPrinter.Format format) {
        this.connection = connection;
        this.format = format;
    }

    int run() throws IOException {
        try (Terminal terminal =
                TerminalBuilder.builder().system(true).dumb(true).build()) {
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .completer(new StringsCompleter(WORDS))
                    .variable(LineReader.HISTORY_FILE, Path.of(System.getProperty("user.home"), ".millrace_history"))
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .build();
            PrintWriter out = terminal.writer();
            StatementRunner runner = new StatementRunner(connection, new RowPrinter(out, format));
            terminal.handle(Terminal.Signal.INT, signal -> cancel(runner));
            return converse(reader, out, runner);
        }
    }

    private static int converse(LineReader reader, PrintWriter out, StatementRunner runner) {
        StringBuilder statement = new StringBuilder();
        while (true) {
            try {
                String line = reader.readLine(statement.isEmpty() ? PROMPT : MORE);
                String word = line.trim().toLowerCase(Locale.ROOT);
                if (statement.isEmpty()
                        && List.of("quit", "exit", "\\q", "quit;", "exit;").contains(word)) {
                    return 0;
                }
                if (statement.isEmpty() && COMMANDS.containsKey(word)) {
                    out.println(COMMANDS.get(word));
                    continue;
                }
                statement.append(line).append('\n');
                if (isComplete(statement.toString())) {
                    String script = statement.toString();
                    statement.setLength(0);
                    execute(runner, script, out);
                }
            } catch (UserInterruptException e) {
                statement.setLength(0);
            } catch (EndOfFileException e) {
                return 0;
            }
        }
    }

    /** Text is complete where what follows would be a statement of its own. */
    private static boolean isComplete(String text) {
        List<StatementSplitter.Piece> pieces = StatementSplitter.split(text + " next");
        return pieces.getLast().text().trim().equals("next");
    }

    private static void execute(StatementRunner runner, String script, PrintWriter out) {
        try {
            runner.runScript(script);
        } catch (SQLException e) {
            out.println("error: " + e.getMessage());
            out.flush();
        }
    }

    private static void cancel(StatementRunner runner) {
        try {
            runner.cancel();
        } catch (SQLException e) {
            System.err.println("cannot cancel: " + e.getMessage());
        }
    }
}
