package io.millrace.server.acceptance;

import io.millrace.server.engine.Engine;
import io.millrace.server.engine.EngineSettings;
import io.millrace.server.session.ResultCursor;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.Appended;
import io.millrace.spi.log.RecordBatch;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;

/** An engine on a data directory, with one session. */
final class EngineFixture implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path directory;
    private final Function<Path, Engine> opener;
    private Engine engine;
    private SqlSession session;

    private EngineFixture(Path directory, Function<Path, Engine> opener) {
        this.directory = directory;
        this.opener = opener;
        this.engine = opener.apply(directory);
        this.session = engine.open("millrace", "acceptance");
    }

    static EngineFixture open(Path directory) {
        return open(directory, InstantSource.system());
    }

    static EngineFixture open(Path directory, InstantSource clock) {
        return new EngineFixture(directory, place -> Engine.open(place, clock));
    }

    static EngineFixture open(Path directory, EngineSettings settings) {
        return new EngineFixture(directory, place -> Engine.open(place, settings));
    }

    /** Closes the engine and opens its directory again. */
    void restart() {
        close();
        engine = opener.apply(directory);
        session = engine.open("millrace", "acceptance");
    }

    /** Carries a statement out and returns what it says it has done. */
    String tag(String statement) {
        try (SqlSession session = engine.open("test", "test");
                ResultCursor cursor = session.execute(session.prepare(statement, List.of()), List.of())) {
            return cursor.commandTag();
        }
    }

    void run(String... statements) {
        for (String statement : statements) {
            rows(statement);
        }
    }

    /** Returns the rows of an answer that ends, each as its values with bars between them. */
    List<String> rows(String statement) {
        List<String> rows = new ArrayList<>();
        try (ResultCursor cursor = session.execute(session.prepare(statement, List.of()), List.of())) {
            while (!cursor.finished()) {
                RowBatch batch = cursor.poll(PATIENCE);
                for (int i = 0; batch != null && i < batch.selectedCount(); i++) {
                    rows.add(text(batch, batch.selectedRow(i)));
                }
            }
        }
        return rows;
    }

    /** Waits until each delivery has delivered so many rows, once, and nothing waits or was refused. */
    void awaitDelivered(int rows) {
        String done = ".*\\|running\\|exactly-once\\|\\d+\\|" + rows + "\\|0\\|0\\|null\\|0\\|null";
        await("SHOW DELIVERIES", all -> all.stream().allMatch(row -> row.matches(done)));
    }

    /** Carries out a statement without rows and returns what it had to say. */
    List<String> notices(String statement) {
        try (ResultCursor cursor = session.execute(session.prepare(statement, List.of()), List.of())) {
            return cursor.notices();
        }
    }

    private static String text(RowBatch batch, int row) {
        return JavaValues.row(batch, row).stream().map(String::valueOf).collect(Collectors.joining("|"));
    }

    /** Asks again and again until the answer is as it should be; fails with the last one where it never is. */
    List<String> await(String statement, Predicate<List<String>> expected) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<String> rows = rows(statement);
        while (!expected.test(rows)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(statement + " never answered as expected, but " + rows);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            rows = rows(statement);
        }
        return rows;
    }

    List<String> awaitRows(String statement, int count) {
        return await(statement, rows -> rows.size() >= count);
    }

    /** Returns how a statement fails. */
    MillraceException failure(String statement) {
        return Assertions.catchThrowableOfType(MillraceException.class, () -> rows(statement));
    }

    /** Carries a statement out that is cancelled as soon as it runs; fails where it does not end by that. */
    void cancelled(String statement) {
        CompletableFuture<Object> ended = CompletableFuture.supplyAsync(() ->
                Assertions.catchThrowable(() -> session.execute(session.prepare(statement, List.of()), List.of())));
        while (!ended.isDone()) {
            session.cancel();
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
        Assertions.assertThat(ended.join())
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> Assertions.assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    }

    /** Puts records into the first shard, each under a key of its own; durable when this returns. */
    Appended put(String stream, String... records) {
        RecordBatch batch = new RecordBatch();
        for (String record : records) {
            batch.add(("key " + record).getBytes(StandardCharsets.UTF_8), record.getBytes(StandardCharsets.UTF_8));
        }
        return put(stream, 0, batch);
    }

    Appended put(String stream, int shard, RecordBatch batch) {
        try {
            return engine.streams().log(stream).shard(shard).append(batch, null).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof MillraceException failure ? failure : e;
        }
    }

    Engine engine() {
        return engine;
    }

    @Override
    public void close() {
        session.close();
        engine.close();
    }
}
