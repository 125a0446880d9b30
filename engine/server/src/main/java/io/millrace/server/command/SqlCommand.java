package io.millrace.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs statements, or a shell. */
@Command(
        name = "sql",
        description = "Runs SQL statements; without -c and -f, a shell with history.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExit code 0 only when every statement succeeded. Examples:%n",
        footer = {
            "  millrace sql -c 'SELECT ticker, COUNT(*) FROM trades GROUP BY ticker' --format csv",
            "  millrace sql -c 'SELECT STREAM * FROM trades'     goes on until Ctrl-C",
            "  millrace sql --data ./data -f schema.sql"
        })
final class SqlCommand implements Callable<Integer> {

    @Mixin
    private Target target = new Target();

    @Option(names = "-c", paramLabel = "SQL", description = "Statements to run; may be given several times.")
    private List<String> statements = new ArrayList<>();

    @Option(names = "-f", paramLabel = "FILE", description = "A file of statements; '-' is standard input.")
    private @Nullable String file;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "How rows are printed: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).",
            defaultValue = "table")
    private RowPrinter.Format format = RowPrinter.Format.table;

    @Override
    public Integer call() throws SQLException, IOException {
        try (Connection connection = target.connect()) {
            if (statements.isEmpty() && file == null) {
                return new SqlShell(connection, format).run();
            }
            PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
            StatementRunner runner = new StatementRunner(connection, new RowPrinter(out, format));
            for (String script : statements) {
                runner.runScript(script);
            }
            if (file != null) {
                runner.runScript(read(file));
            }
            return 0;
        }
    }

    private static String read(String file) throws IOException {
        return file.equals("-")
                ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                : Files.readString(Path.of(file));
    }
}
