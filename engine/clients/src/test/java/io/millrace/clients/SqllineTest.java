package io.millrace.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import sqlline.SqlLine;

/** sqlline with our driver. */
@Timeout(60)
final class SqllineTest {

    @RegisterExtension
    static final SampleServer SERVER = new SampleServer();

    @TempDir
    private Path directory;

    private final ConnectPage.Section section = ConnectPage.section("sqlline");

    @Test
    void theShellListsTablesAndPrintsRows() throws Exception {
        section.shows(run(section.block("sql")));
    }

    @Test
    void theShellsListsAboutTheDatabaseHaveNoErrors() throws Exception {
        String printed = run(
                "!dbinfo\n!columns trades\n!primarykeys trades\n!indexes trades\n!procedures\n!describe turnover\n");
        assertThat(printed)
                .contains("getDatabaseProductName", "quantity", "amount")
                .doesNotContain("Error:", "Exception", "Unsupported");
    }

    /** Runs a script, as the shell's option {@code -f} does. */
    private String run(String lines) throws Exception {
        Path script = Files.writeString(directory.resolve("script.sql"), lines);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        SqlLine sqlline = new SqlLine();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        sqlline.setOutputStream(out);
        sqlline.setErrorStream(out);
        String[] arguments = {
            "-u",
            SERVER.url(),
            "-n",
            "millrace",
            "-p",
            "",
            "--isolation=TRANSACTION_NONE",
            "--showelapsedtime=false",
            "-f",
            script.toString()
        };
        sqlline.begin(arguments, InputStream.nullInputStream(), false);
        return printed.toString(StandardCharsets.UTF_8);
    }
}
