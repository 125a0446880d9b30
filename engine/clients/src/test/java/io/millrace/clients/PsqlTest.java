package io.millrace.clients;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** psql. What it does in detail is tested where the gateway is. */
@Timeout(60)
final class PsqlTest {

    @RegisterExtension
    static final SampleServer SERVER = new SampleServer();

    private final ConnectPage.Section section = ConnectPage.section("psql");

    @Test
    void theShellDescribesAViewAndPrintsRows() throws Exception {
        Program.of("psql", "--version").require("psql", Program.debian("postgresql-client"));
        String port = String.valueOf(SERVER.port());
        section.shows(Program.of("psql", "-X", "-h", "127.0.0.1", "-p", port, "-U", "millrace", "millrace")
                .input(section.block("sql"))
                .run());
    }
}
