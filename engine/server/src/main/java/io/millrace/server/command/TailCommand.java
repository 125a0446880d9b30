package io.millrace.server.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a stream's rows as they arrive. */
@Command(
        name = "tail",
        description = "Shows the rows of a stream as they arrive, until Ctrl-C.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  millrace tail trades --from earliest --format json")
final class TailCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "STREAM", description = "The stream.")
    private String stream = "";

    @Mixin
    private Target target = new Target();

    @Option(
            names = "--from",
            paramLabel = "WHERE",
            description = "'latest' for what comes from now on, 'earliest' for all that is kept too (latest).")
    private String from = "latest";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).",
            defaultValue = "json")
    private RowPrinter.Format format = RowPrinter.Format.json;

    @Override
    public Integer call() throws SQLException {
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET stream_start = '" + from.replace("'", "''") + "'");
            PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
            String name = '"' + stream.replace("\"", "\"\"") + '"';
            new StatementRunner(connection, new RowPrinter(out, format)).run("SELECT STREAM * FROM " + name);
        }
        return 0;
    }
}
