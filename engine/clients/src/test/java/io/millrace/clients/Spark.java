package io.millrace.clients;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Spark on this machine, in a process of its own: requests are gathered, and done in one run. */
final class Spark {

    private static final String VERSION = "4.0.2";

    /** What its launcher opens to it. */
    private static final List<String> OPENED = List.of(
            "java.lang",
            "java.lang.invoke",
            "java.lang.reflect",
            "java.io",
            "java.net",
            "java.nio",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "sun.nio.ch",
            "sun.nio.cs",
            "sun.security.action",
            "sun.util.calendar");

    private static final List<String> SETTINGS = List.of(
            "spark.ui.enabled=false",
            "spark.driver.bindAddress=127.0.0.1",
            "spark.driver.host=127.0.0.1",
            "spark.sql.session.timeZone=UTC",
            "spark.sql.datetime.java8API.enabled=true",
            "spark.sql.parquet.datetimeRebaseModeInWrite=CORRECTED",
            "spark.sql.shuffle.partitions=1");

    private final Path directory;
    private final String libraries;
    private final List<String> settings = new ArrayList<>(SETTINGS);
    private final List<String> requests = new ArrayList<>();
    private int outputs;

    private Spark(Path directory, String libraries) {
        this.directory = directory;
        this.libraries = libraries;
    }

    /**
     * Goes on where Spark is there; see {@link Program#require}.
     *
     * @param more artifacts beside it
     */
    static Spark require(Path directory, String set, String... more) throws IOException, InterruptedException {
        List<String> artifacts = new ArrayList<>(List.of("org.apache.spark:spark-sql_2.13:" + VERSION));
        artifacts.addAll(List.of(more));
        return new Spark(directory, MavenLibraries.require(set, artifacts.toArray(String[]::new)));
    }

    Spark with(String name, String value) {
        settings.add(name + "=" + value);
        return this;
    }

    /** Changes a setting for what is asked for from now on. */
    void set(String name, String value) {
        requests.add(String.join("\t", "set", name, value));
    }

    /** Asks for the rows of a file, by their column {@code id}; returns where {@link ValueText} of them will be. */
    Path read(String format, Path file) {
        Path out = directory.resolve("read-" + outputs++);
        requests.add(String.join("\t", "read", format, file.toString(), "id", out.toString()));
        return out;
    }

    /** Asks for the rows of a query; returns where {@link ValueText} of them will be. */
    Path sql(String query) {
        Path out = directory.resolve("read-" + outputs++);
        requests.add(String.join("\t", "sql", query, out.toString()));
        return out;
    }

    /** Asks for a file to be written with the rows of another; returns the folder it will be in. */
    Path copy(Path file, String format, String codec) {
        Path out = directory.resolve("copy-" + outputs++);
        requests.add(String.join("\t", "copy", "parquet", file.toString(), format, codec, out.toString()));
        return out;
    }

    /** Does all that was asked for. */
    void run() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(JavaHome.between(17, 21), "-Xmx1500m", "-Duser.timezone=UTC"));
        OPENED.forEach(name -> command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
        command.addAll(List.of("-cp", libraries, program().toString()));
        command.addAll(settings);
        Program.of(command.toArray(String[]::new))
                .input(String.join("\n", requests) + "\n")
                .within(600)
                .run();
    }

    private Path program() throws IOException {
        try (InputStream in = Objects.requireNonNull(Spark.class.getResourceAsStream("SparkFiles.java"))) {
            return Files.write(directory.resolve("SparkFiles.java"), in.readAllBytes());
        }
    }
}
