package io.millrace.benchmarks.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Apache Flink in a process of its own, on a Java that it knows, with libraries of its own. Its protocol is that of
 * {@code Requests}, in the folder {@code flink} of this module. For one thread.
 */
public final class FlinkProcess implements AutoCloseable {

    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");
    private static final int OLDEST = 17;
    private static final int NEWEST = 21;
    private static final List<String> OPTIONS = List.of(
            "-Xmx" + System.getProperty("flink.memory", "6g"),
            "-XX:+UseParallelGC",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.time=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED");

    private final Process process;
    private final Writer requests;
    private final BufferedReader answers;

    private FlinkProcess(Process process) {
        this.process = process;
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts Flink over a folder with files.
     *
     * @param peer the class of that folder that answers
     * @param log where its messages go
     * @param settings what the peer takes beside the folder
     */
    public static FlinkProcess start(String peer, Path files, Path log, String... settings) throws IOException {
        Path libraries = Path.of(System.getProperty("millrace.home", "."), "engine/benchmarks/flink/target/lib");
        if (!Files.isDirectory(libraries)) {
            throw new IOException("Flink is not built: mvn -Pflink -Dquick -pl engine/benchmarks/flink package");
        }
        List<String> command = Stream.of(
                        Stream.of(java().resolve("bin/java").toString()),
                        OPTIONS.stream(),
                        Stream.of("-cp", libraries + "/*", "io.millrace.benchmarks.flink." + peer, files.toString()),
                        Stream.of(settings))
                .flatMap(words -> words)
                .toList();
        return new FlinkProcess(
                new ProcessBuilder(command).redirectError(log.toFile()).start());
    }

    /** Returns the newest JDK that Flink runs on. */
    private static Path java() throws IOException {
        try (Stream<Path> found = Files.list(Path.of("/usr/lib/jvm"))) {
            return found.filter(home -> version(home) >= OLDEST && version(home) <= NEWEST)
                    .max(Comparator.comparingInt(FlinkProcess::version))
                    .orElseThrow(() -> new IOException(
                            "Flink needs a JDK from " + OLDEST + " to " + NEWEST + ", and /usr/lib/jvm has none"));
        }
    }

    private static int version(Path home) {
        try {
            Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
            return Files.isExecutable(home.resolve("bin/java")) && version.find()
                    ? Integer.parseInt(version.group(1))
                    : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /**
     * Runs a query to its end.
     *
     * @param word what the peer wants to know beside the query: a format of files, a mode
     */
    public Cost run(String word, String sql) throws IOException {
        requests.write(word + "\t" + sql.replaceAll("\\s+", " ") + "\n");
        requests.flush();
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            String[] parts = line.split("\t", -1);
            if (parts[0].equals("RESULT")) {
                return new Cost(Long.parseLong(parts[1]) / 1e3, Long.parseLong(parts[2]) / 1e3);
            }
            if (parts[0].equals("FAILED")) {
                throw new IOException("Flink: " + parts[1]);
            }
        }
        throw new IOException("Flink ended in the middle of a query");
    }

    @Override
    public void close() throws IOException {
        requests.close();
        try {
            if (process.waitFor(10, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
