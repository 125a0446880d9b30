package io.millrace.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** psql. What it does in detail is tested where the gateway is. */
@Timeout(60)
final class PsqlTest {

    @RegisterExtension
    static final SampleServer SERVER = new SampleServer();

    private final ConnectPage.Section section = ConnectPage.section("psql");

    /** All that list or describe something, those of PostgreSQL's own things left out that only take a file. */
    static final List<String> COMMANDS = List.of(
            "d",
            "d *",
            "d trades",
            "d turnover",
            "d+ trades",
            "d+ turnover",
            "dS",
            "dA",
            "dAc",
            "dAf",
            "dAo",
            "dAp",
            "da",
            "db",
            "db+",
            "dc",
            "dC",
            "dd",
            "dD",
            "ddp",
            "dE",
            "des",
            "det",
            "deu",
            "dew",
            "df",
            "df+",
            "df pg_*",
            "dF",
            "dFd",
            "dFp",
            "dFt",
            "dg",
            "di",
            "di+",
            "dl",
            "dL",
            "dm",
            "dm+",
            "dn",
            "dn+",
            "do",
            "dO",
            "dp",
            "dP",
            "drds",
            "dRp",
            "dRs",
            "ds",
            "dt",
            "dt+",
            "dt *.*",
            "dT",
            "dT+",
            "dT int4",
            "du",
            "du+",
            "dv",
            "dv+",
            "dx",
            "dX",
            "dy",
            "l",
            "l+",
            "sv turnover",
            "z",
            "encoding");

    @BeforeEach
    void install() throws Exception {
        Program.of("psql", "--version").require("psql", Program.debian("postgresql-client"));
    }

    @Test
    void theShellDescribesAViewAndPrintsRows() throws Exception {
        section.shows(psql(section.block("sql")));
    }

    @ParameterizedTest
    @FieldSource("COMMANDS")
    void everyCommandThatListsSomethingWorks(String command) throws Exception {
        assertThat(psql("\\" + command + "\n")).doesNotContain("ERROR:", "invalid command");
    }

    @Test
    void listsNameStreamsAndViews() throws Exception {
        assertThat(psql("\\d")).contains("public | trades", "public | turnover", "system | error_stream");
        assertThat(psql("\\dt")).contains("trades", "error_stream").doesNotContain("turnover");
        assertThat(psql("\\dm")).contains("turnover").doesNotContain("trades |");
        assertThat(psql("\\d+ trades")).contains("quantity", "integer", "Access method: heap");
        assertThat(psql("\\d+ turnover")).contains("View definition:", "SELECT ticker, COUNT(*) AS trades");
        assertThat(psql("\\d error_stream")).contains("Table \"system.error_stream\"", "DATA_TEXT");
        assertThat(psql("\\dn")).contains("public", "system");
        assertThat(psql("\\l")).contains("millrace", "UTF8");
    }

    @Test
    void dfListsFunctionsOfUsers() throws Exception {
        psql("CREATE FUNCTION with_fee(price DECIMAL(10, 2), size INTEGER) RETURNS DECIMAL(12, 2) RETURN price *"
                + " size + 1;\n");
        assertThat(psql("\\df"))
                .contains("public | with_fee | numeric", "size integer")
                .doesNotContain("array_recv");
    }

    private static String psql(String lines) throws Exception {
        String port = String.valueOf(SERVER.port());
        return Program.of("psql", "-X", "-h", "127.0.0.1", "-p", port, "-U", "millrace", "millrace")
                .input(lines)
                .run();
    }
}
