package io.millrace.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What is typed wrong is answered with one line that says what, a hint, and exit code 2. */
final class WrongUseTest {

    private int exitCode;

    @Test
    void unknownCommand() {
        assertThat(run("serve"))
                .containsExactly(
                        "millrace: unmatched argument at index 0: 'serve'",
                        "hint: did you mean 'server'? 'millrace --help' shows what there is");
        assertThat(exitCode).isEqualTo(2);
    }

    @Test
    void unknownOption() {
        assertThat(run("server", "--aws-prot", "1"))
                .containsExactly(
                        "millrace: unknown options: '--aws-prot', '1'",
                        "hint: did you mean '--aws-port'? 'millrace server --help' shows what there is");
        assertThat(exitCode).isEqualTo(2);
        assertThat(run("--nothing-like-it"))
                .containsExactly(
                        "millrace: unknown option: '--nothing-like-it'", "hint: 'millrace --help' shows what there is");
        assertThat(exitCode).isEqualTo(2);
    }

    @Test
    void missingValueAndMissingArgument() {
        assertThat(run("server", "--data"))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("millrace: missing required parameter for option '--data'");
        assertThat(exitCode).isEqualTo(2);
        assertThat(run("put")).hasSize(2).first().asString().startsWith("millrace: missing required parameter");
        assertThat(exitCode).isEqualTo(2);
    }

    private List<String> run(String... arguments) {
        StringWriter err = new StringWriter();
        CommandLine command = Millrace.commandLine();
        command.setErr(new PrintWriter(err, true));
        command.getSubcommands().values().forEach(each -> each.setErr(new PrintWriter(err, true)));
        exitCode = command.execute(arguments);
        return err.toString().lines().toList();
    }
}
