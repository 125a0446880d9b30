package io.millrace.server.slt;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.slt.ScriptFile.Step;
import io.millrace.spi.error.MillraceException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Runs a script, and holds the engine to it or writes down what the engine answers. For one thread. */
final class ScriptRun implements AutoCloseable {

    private final String name;
    private final boolean rewrites;
    private final MortalEngine engine;
    private final Map<String, OpenStream> streams = new LinkedHashMap<>();
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    ScriptRun(String name, Path directory, boolean rewrites) {
        this.name = name;
        this.rewrites = rewrites;
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
                List<String> rows = engine.rows(step.sql());
                return answered(
                        step,
                        step.word(1).equals("sorted") ? rows.stream().sorted().toList() : rows);
            }
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

    private Step statement(Step step) {
        if (step.word(1).equals("ok")) {
            engine.rows(step.sql());
            return step;
        }
        try {
            engine.rows(step.sql());
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
