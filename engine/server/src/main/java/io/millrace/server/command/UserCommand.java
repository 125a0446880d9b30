package io.millrace.server.command;

import io.millrace.server.MillraceServer;
import io.millrace.server.postgres.security.ScramVerifier;
import io.millrace.server.postgres.security.UsersFile;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps the users of a data directory, whether a server runs on it or not. */
@Command(
        name = "user",
        description =
                "Sets the passwords that the PostgreSQL door asks for. While there is no user, whoever connects from "
                        + "this machine is trusted, and nobody else.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  millrace user set ada --data DIR", "  millrace user list --data DIR"})
final class UserCommand implements Runnable {

    @picocli.CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private picocli.CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "set", description = "Adds a user or sets its password, which is asked for or read as a line.")
    void set(
            @Parameters(paramLabel = "NAME", description = "The user.") String name,
            @Option(names = "--data", paramLabel = "DIR", required = true, description = "The data directory.")
                    Path data)
            throws IOException {
        Files.createDirectories(data);
        users(data).put(name, ScramVerifier.of(password(), new SecureRandom()));
    }

    @Command(name = "drop", description = "Removes a user.")
    void drop(
            @Parameters(paramLabel = "NAME", description = "The user.") String name,
            @Option(names = "--data", paramLabel = "DIR", required = true, description = "The data directory.")
                    Path data) {
        if (!users(data).remove(name)) {
            throw new MillraceException(ErrorCode.UNDEFINED_NAME, "there is no user '" + name + "'");
        }
    }

    @Command(name = "list", description = "Shows the users.")
    void list(
            @Option(names = "--data", paramLabel = "DIR", required = true, description = "The data directory.")
                    Path data) {
        users(data).names().forEach(spec.commandLine().getOut()::println);
        spec.commandLine().getOut().flush();
    }

    private static UsersFile users(Path data) {
        return new UsersFile(MillraceServer.usersFile(data));
    }

    /** The launcher chooses the console that is null where nobody types. */
    @SuppressWarnings("SystemConsoleNull")
    private static String password() throws IOException {
        Console console = System.console();
        char[] typed = console != null ? console.readPassword("Password: ") : null;
        String password = typed == null
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine()
                : new String(typed);
        if (password == null || password.isEmpty()) {
            throw new MillraceException(ErrorCode.INVALID_ARGUMENT, "the password is empty", "type one");
        }
        return password;
    }
}
