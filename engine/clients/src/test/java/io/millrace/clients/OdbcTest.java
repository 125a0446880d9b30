package io.millrace.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL's ODBC driver under isql. */
@Tag("slow")
@Timeout(600)
final class OdbcTest {

    @RegisterExtension
    static final SampleServer SERVER = new SampleServer();

    @TempDir
    private Path directory;

    private final ConnectPage.Section section = ConnectPage.section("ODBC");

    @BeforeEach
    void install() throws Exception {
        Program.of("sh", "-c", "isql --version && ls /usr/lib/*/odbc/psqlodbcw.so")
                .require("psqlODBC", Program.debian("unixodbc", "odbc-postgresql"));
        Files.writeString(
                directory.resolve("odbc.ini"),
                section.block("ini").replace(ConnectPage.PORT, String.valueOf(SERVER.port())));
    }

    @Test
    void isqlPrintsAView() throws Exception {
        section.shows(shell(section.block("sh")));
    }

    @Test
    void isqlListsTablesAndTheirColumns() throws Exception {
        assertThat(shell("echo help | isql -b -d, millrace"))
                .contains("millrace,public,trades,TABLE,", "millrace,public,turnover,");
        assertThat(shell("echo help trades | isql -b -d, millrace").lines())
                .hasSize(4)
                .anyMatch(line -> line.startsWith("millrace,public,trades,price,2,numeric,10,12,2,10,1,"));
    }

    private String shell(String command) throws Exception {
        return Program.of("sh", "-c", command)
                .with("ODBCINI", directory.resolve("odbc.ini").toString())
                .run();
    }
}
