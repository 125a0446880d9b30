package io.millrace.server.command;

import io.millrace.spi.error.MillraceException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code millrace} command. */
@Command(
        name = "millrace",
        description = "Streams, continuous SQL over them, and delivery to a lake, in one program.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        subcommands = {
            DemoCommand.class,
            ServerCommand.class,
            SqlCommand.class,
            PutCommand.class,
            TailCommand.class,
            UserCommand.class
        },
        footerHeading = "%nStart here:%n",
        footer = {
            "  millrace demo                    everything at once, with made-up trades",
            "  millrace server --data DIR       the server, for SDKs, psql and JDBC",
            "  millrace sql -c 'SHOW STREAMS'   a statement, or without -c a shell",
            "  millrace put logs access.log     each line of a file as a record",
            "  millrace tail logs               rows as they arrive",
            "  millrace bench                   measurements, and how to run them"
        })
public final class Millrace implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Logging.configure();
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Millrace())
                .setExecutionExceptionHandler(Millrace::explain)
                .setParameterExceptionHandler(Millrace::refuse)
                .setUsageHelpWidth(100);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** What was typed is wrong: one line says what, one what to type instead. */
    private static int refuse(CommandLine.ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        String message =
                String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        err.println("millrace: " + message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1));
        List<String> suggestions = failure instanceof CommandLine.UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions()
                : List.of();
        String help = "'" + command.getCommandSpec().qualifiedName() + " --help' shows what there is";
        err.println("hint: " + (suggestions.isEmpty() ? "" : "did you mean '" + suggestions.getFirst() + "'? ") + help);
        err.flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** A failure is one clear line, and a hint where there is one; never a stack trace. */
    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof MillraceException ours) {
            err.println("millrace: " + ours.describe());
            if (ours.hint() != null) {
                err.println("hint: " + ours.hint());
            }
        } else if (failure instanceof SQLException sql) {
            err.println("millrace: " + sql.getMessage());
        } else {
            err.println("millrace: " + (failure.getMessage() == null ? failure.toString() : failure.getMessage()));
        }
        err.flush();
        return 1;
    }
}
