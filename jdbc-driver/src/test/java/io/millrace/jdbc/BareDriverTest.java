package io.millrace.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver with nothing else around it. */
final class BareDriverTest {

    private static final String PROGRAM = "import java.sql.*;\n"
            + "public class Bare {\n"
            + "  public static void main(String[] a) throws Exception {\n"
            + "    Driver d = DriverManager.getDriver(\"jdbc:millrace://127.0.0.1:1/\");\n"
            + "    System.out.println(d.getClass().getName() + \" \" + (d.connect(\"jdbc:other:x\", null) == null));\n"
            + "    try { DriverManager.getConnection(\"jdbc:millrace://127.0.0.1:1/\"); }\n"
            + "    catch (SQLException e) { System.out.println(e.getSQLState()); }\n"
            + "    try { DriverManager.getConnection(\"jdbc:millrace:embedded:x\"); }\n"
            + "    catch (SQLException e) { System.out.println(e.getMessage()); }\n"
            + "  }\n}\n";

    @TempDir
    Path directory;

    @Test
    void loadsAloneAndSilently() throws Exception {
        Path source = directory.resolve("Bare.java");
        Files.write(source, PROGRAM.getBytes(StandardCharsets.UTF_8));
        Path classes = Path.of(MillraceDriver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Process process = new ProcessBuilder(oldestJava(), "-Xmx64m", "-cp", classes.toString(), source.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertThat(output.split("\\R"))
                .containsExactly(
                        "io.millrace.jdbc.MillraceDriver true",
                        "08001",
                        "there is no engine on the class path for an embedded URL: add millrace-server");
    }

    /** The system's own Java is older than the one that builds, which is what users of the driver may have. */
    private static String oldestJava() throws IOException {
        Path own = Path.of(System.getProperty("java.home"), "bin", "java");
        Path system = Path.of("/usr/bin/java");
        return (Files.isExecutable(system) ? system : own).toString();
    }

    @Test
    void classesAreForJava11AndOurs() throws Exception {
        Path classes = Path.of(MillraceDriver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<Path> files = new ArrayList<>();
        try (java.util.stream.Stream<Path> all = Files.walk(classes)) {
            all.filter(file -> file.toString().endsWith(".class")).forEach(files::add);
        }
        long bytes = 0;
        for (Path file : files) {
            byte[] content = Files.readAllBytes(file);
            assertThat(content[7]).as(file.toString()).isEqualTo((byte) 55);
            assertThat(classes.relativize(file).toString()).startsWith("io/millrace/jdbc/");
            bytes += content.length;
        }
        assertThat(bytes).isBetween(1L, 1_000_000L);
    }

    @Test
    void urlsAreRead() throws SQLException {
        ConnectionUrl url =
                ConnectionUrl.parse("jdbc:millrace://[::1]:99/da%20ta?user=me&connectTimeoutMillis=5", null);
        assertThat(url.host()).isEqualTo("::1");
        assertThat(url.port()).isEqualTo(99);
        assertThat(url.database()).isEqualTo("da ta");
        assertThat(url.text(DriverProperty.USER)).isEqualTo("me");
        assertThat(url.number(DriverProperty.CONNECT_TIMEOUT)).isEqualTo(5);
        ConnectionUrl plain = ConnectionUrl.parse("jdbc:millrace://", null);
        assertThat(plain.host() + plain.port() + plain.database()).isEqualTo("localhost5433millrace");
        for (String wrong : new String[] {"jdbc:millrace:x", "jdbc:millrace://h:0/", "jdbc:millrace:embedded:"}) {
            assertThatThrownBy(() -> DriverManager.getConnection(wrong))
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("08001");
        }
    }

    @Test
    void propertiesAreTold() throws SQLException {
        DriverPropertyInfo[] infos = new MillraceDriver().getPropertyInfo("jdbc:millrace://h/?user=me", null);
        assertThat(infos).extracting(info -> info.name).contains("user", "password", "idleTimeoutMillis");
        assertThat(infos[0].value).isEqualTo("me");
        assertThat(infos[0].required).isFalse();
    }
}
