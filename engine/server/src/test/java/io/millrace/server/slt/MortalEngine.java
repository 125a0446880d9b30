package io.millrace.server.slt;

import io.millrace.server.engine.Engine;
import io.millrace.server.session.ResultCursor;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.statement.Prepared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An engine that can be ended as if the machine had stopped: another goes on with what lay on its disk at a moment. */
final class MortalEngine implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path directory;
    private final InstantSource clock;
    private int lives;
    private Engine engine;
    private SqlSession session;
    private final Set<String> kinds = new TreeSet<>();

    MortalEngine(Path directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
        this.engine = Engine.open(life(), clock);
        this.session = engine.open("millrace", "slt");
    }

    private Path life() {
        return directory.resolve("life" + lives);
    }

    void crash() {
        Path before = life();
        lives++;
        try {
            while (!copied(before, life())) {
                // What changes while it is copied is a state that the disk never had.
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close();
        engine = Engine.open(life(), clock);
        session = engine.open("millrace", "slt");
    }

    private static boolean copied(Path source, Path target) throws IOException {
        delete(target);
        Map<Path, String> before = state(source);
        try {
            for (Path path : before.keySet()) {
                Files.copy(path, target.resolve(source.relativize(path).toString()));
            }
        } catch (NoSuchFileException e) {
            return false;
        }
        return state(source).equals(before);
    }

    /** Returns all that is in a directory, each with what changes when it does. */
    private static Map<Path, String> state(Path directory) throws IOException {
        Map<Path, String> state = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.toList()) {
                state.put(
                        path, Files.isDirectory(path) ? "" : Files.size(path) + " " + Files.getLastModifiedTime(path));
            }
        } catch (NoSuchFileException | UncheckedIOException e) {
            state.put(directory, "changes: " + System.nanoTime());
        }
        return state;
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> paths = Files.walk(directory)) {
                for (Path path : paths.toList().reversed()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** Starts an answer, whoever reads it. */
    ResultCursor open(String sql) {
        Prepared prepared = session.prepare(sql, List.of());
        kinds.addAll(StatementKinds.of(prepared.statement()));
        return session.execute(prepared, List.of());
    }

    /** Returns the kinds of all statements so far. */
    Set<String> kinds() {
        return kinds;
    }

    /** Returns the types of an answer's columns. */
    String types(String sql) {
        RowType row = Objects.requireNonNull(session.prepare(sql, List.of()).rowType(), "has no rows");
        return row.fields().stream().map(field -> field.type().toString()).collect(Collectors.joining(", "));
    }

    /** Writes into all shards of a stream that no row with an earlier ROWTIME comes. */
    void promise(String stream, Instant bound) {
        RowBatch nothing = RowBatch.create(engine.streams().columns(stream), 1);
        for (ShardLog shard : engine.streams().log(stream).shards()) {
            shard.append(nothing, null, JavaValues.micros(bound), null).join();
        }
    }

    /** Returns the rows of an answer that ends. */
    List<String> rows(String sql) {
        List<String> rows = new ArrayList<>();
        try (ResultCursor cursor = open(sql)) {
            while (!cursor.finished()) {
                RowBatch batch = cursor.poll(PATIENCE);
                for (int i = 0; batch != null && i < batch.selectedCount(); i++) {
                    rows.add(text(batch, batch.selectedRow(i)));
                }
            }
        }
        return rows;
    }

    static String text(RowBatch batch, int row) {
        return JavaValues.row(batch, row).stream()
                .map(value -> value == null ? "NULL" : value.toString().replace("\n", "\\n"))
                .map(value -> value.isEmpty() ? "(empty)" : value)
                .collect(Collectors.joining("|"));
    }

    @Override
    public void close() {
        session.close();
        engine.close();
    }
}
