package io.millrace.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** psycopg 3 and SQLAlchemy, as Debian has them: with Debian's Python, since that is what its packages are for. */
@Tag("slow")
@Timeout(600)
final class PythonTest {

    private static final String PYTHON = "/usr/bin/python3";

    @RegisterExtension
    static final SampleServer SERVER = new SampleServer();

    @TempDir
    private Path directory;

    private final ConnectPage.Section section = ConnectPage.section("Python");

    @Test
    void psycopgAndSqlalchemyAreAsThePageHasThem() throws Exception {
        Program.of(PYTHON, "-c", "import psycopg, sqlalchemy, psycopg2")
                .require(
                        "psycopg 3 or SQLAlchemy",
                        Program.debian("python3-psycopg", "python3-sqlalchemy", "python3-psycopg2"));
        section.shows(run(section.block("python").replace(ConnectPage.PORT, String.valueOf(SERVER.port()))));
    }

    @Test
    void psycopgCopiesPipelinesAndReportsErrors() throws Exception {
        Program.of(PYTHON, "-c", "import psycopg").require("psycopg 3", Program.debian("python3-psycopg"));
        assertThat(run(script("psycopg_client.py"))).isEqualTo("""
            row IBM 12.50 2026-01-31 10:00:00
            row ORCL None None
            copied t0 t1 t2
            named 6
            streamed IBM
            streamed ORCL
            binary 12.50 2026-01-31 10:00:00 3
            pipelined 8
            error 42703
            """);
    }

    @Test
    void sqlalchemysInspectorKnowsStreams() throws Exception {
        Program.of(PYTHON, "-c", "import sqlalchemy, psycopg2")
                .require("SQLAlchemy", Program.debian("python3-sqlalchemy", "python3-psycopg2"));
        assertThat(run(script("sqlalchemy_client.py"))).isEqualTo("""
            row ACME 12.50
            row ACME 12.75
            tables trades
            views turnover
            column ticker TEXT False
            column price NUMERIC(10, 2) True
            column quantity INTEGER True
            column traded_at TIMESTAMP True
            key [] []
            indexes [] []
            reflected 33.90
            """);
    }

    private String run(String script) throws Exception {
        Path file = Files.writeString(directory.resolve("script.py"), script);
        return Program.of(PYTHON, file.toString(), String.valueOf(SERVER.port()))
                .run();
    }

    private static String script(String name) throws Exception {
        try (var in = PythonTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
