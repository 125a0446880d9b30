package io.millrace.server.slt;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.slt.ScriptFile.Step;
import io.millrace.spi.error.MillraceException;
import io.millrace.testing.function.FunctionJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Runs a script, and holds the engine to it or writes down what the engine answers. For one thread. */
final class ScriptRun implements AutoCloseable {

    private static final long VIEWS_FOLLOW_NANOS = 2_000_000_000;
    private static final long PAUSE_NANOS = 20_000_000;

    private final String name;
    private final boolean rewrites;
    private final Path files;
    private final MortalEngine engine;
    private final Map<String, OpenStream> streams = new LinkedHashMap<>();
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    ScriptRun(String name, Path directory, boolean rewrites) {
        this.name = name;
        this.rewrites = rewrites;
        this.files = directory.resolve("files");
        this.engine = new MortalEngine(directory, () -> now);
    }

    /** Returns the script with what was answered. */
    ScriptFile run(ScriptFile file) {
        List<Step> steps = new ArrayList<>();
        for (Step step : file.steps()) {
            try {
                steps.add(run(step));
            } catch (MillraceException e) {
                throw new AssertionError(at(step) + ": " + e.describe(), e);
            }
        }
        return new ScriptFile(steps);
    }

    private String at(Step step) {
        return name + ":" + step.line() + " " + step.head();
    }

    private Step run(Step step) {
        switch (step.word(0)) {
            case "statement" -> {
                return statement(step);
            }
            case "query" -> {
                return query(step);
            }
            case "watermark" -> engine.promise(step.word(1), Instant.parse(step.word(2)));
            case "file" -> file(step);
            case "database" -> database(step);
            case "jar" -> FunctionJar.of(parent(files.resolve(step.word(1))), String.join("\n", step.body()));
            case "insert" -> engine.rows("INSERT INTO " + step.rest(1) + " VALUES " + String.join(", ", step.body()));
            case "clock" -> now = Instant.parse(step.word(1));
            case "stream" -> streams.put(step.word(1), new OpenStream(step.sql(), engine));
            case "expect" -> {
                OpenStream stream = Objects.requireNonNull(streams.get(step.word(1)), at(step));
                return answered(step, rewrites ? stream.settled() : stream.changes(step.expected()::equals));
            }
            case "crash" -> {
                streams.values().forEach(OpenStream::close);
                engine.crash();
                streams.values().forEach(stream -> stream.reopen(engine));
            }
            default -> throw new AssertionError(at(step) + ": unknown step");
        }
        return step;
    }

    private Step query(Step step) {
        boolean sorted = step.word(1).equals("sorted");
        String types = step.rest(sorted ? 2 : 1);
        if (!types.isEmpty()) {
            String answered = engine.types(sql(step));
            if (rewrites) {
                step = step.headed(step.head().substring(0, step.head().length() - types.length()) + answered);
            } else {
                assertThat(answered).as(at(step)).isEqualTo(types);
            }
        }
        List<String> rows = rows(step, sorted);
        // A view follows its streams: what a script has just put in may not be in it yet.
        long deadline = System.nanoTime() + VIEWS_FOLLOW_NANOS;
        while (!rewrites && !rows.equals(step.expected()) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE_NANOS);
            rows = rows(step, sorted);
        }
        return answered(step, rows);
    }

    private List<String> rows(Step step, boolean sorted) {
        List<String> rows = engine.rows(sql(step));
        return sorted ? rows.stream().sorted().toList() : rows;
    }

    private void file(Step step) {
        try {
            Files.write(parent(files.resolve(step.word(1))), step.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void database(Step step) {
        try {
            Files.createDirectories(files);
            try (Connection connection =
                            DriverManager.getConnection(step.word(1).replace("$DIR", files.toString()));
                    Statement statement = connection.createStatement()) {
                statement.execute(step.sql());
            }
        } catch (IOException | SQLException e) {
            throw new AssertionError(at(step) + ": " + e.getMessage(), e);
        }
    }

    /** Makes the directory that a file is to lie in. */
    private static Path parent(Path file) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String sql(Step step) {
        return step.sql().replace("$DIR", files.toString());
    }

    /** Returns what was run. */
    Set<String> kinds() {
        return engine.kinds();
    }

    private Step statement(Step step) {
        if (step.word(1).equals("ok")) {
            engine.rows(sql(step));
            return step;
        }
        try {
            engine.rows(sql(step));
        } catch (MillraceException e) {
            if (rewrites && !e.describe().contains(step.rest(2))) {
                return step.headed("statement error " + e.getMessage());
            }
            assertThat(e.describe()).as(at(step)).contains(step.rest(2));
            return step;
        }
        throw new AssertionError(at(step) + ": it went well");
    }

    private Step answered(Step step, List<String> answer) {
        if (!rewrites) {
            assertThat(answer).as(at(step)).isEqualTo(step.expected());
        }
        return step.answering(answer);
    }

    @Override
    public void close() {
        streams.values().forEach(OpenStream::close);
        engine.close();
    }
}
