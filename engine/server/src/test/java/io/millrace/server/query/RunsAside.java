package io.millrace.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.spill.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;

/** Compares queries whose state has little memory, so that most of it lies on disk, with the same that have enough. */
final class RunsAside {

    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final int ROWS = 300;

    private final Path directory;
    private int aside;
    private int asked;

    /** @param directory takes what is put aside */
    RunsAside(Path directory) {
        this.directory = directory;
    }

    /** Returns how many runs put some of their state on disk. */
    int aside() {
        return aside;
    }

    /** Returns how many runs there were that may have. */
    int asked() {
        return asked;
    }

    /** Returns runs with enough memory, whose clock moves on by a minute with each step. */
    static QueryRuns withMuch(Tables tables) {
        return new QueryRuns(tables).clockMoves(A_MINUTE);
    }

    /** Checks that a query answers the same with little memory, restarted or not, and with more in every other life. */
    void check(String sql, long seed, long memory) {
        check(Tables.random(new Random(seed), ROWS), sql, seed, memory);
    }

    /** The same of rows of which many are late, which no lane may take in because it was away. */
    void checkLate(String sql, long seed, long memory) {
        check(Tables.late(new Random(seed), ROWS), sql, seed, memory);
    }

    private void check(Tables tables, String sql, long seed, long memory) {
        String name = "seed " + seed + ": " + sql;
        QueryRuns withMuch = withMuch(tables);
        Map<String, Integer> expected = withMuch.streamed(sql, 20, false, new Random(seed));
        for (int life = 0; life < 3; life++) {
            boolean restarts = life > 0;
            Workspace space = space(memory);
            // What was on disk may find room in the next life, and is behind then.
            QueryRuns withLittle =
                    new QueryRuns(tables, space, life == 2 ? Workspace.unlimited() : space).clockMoves(A_MINUTE);
            assertThat(withLittle.streamed(sql, 20, restarts, new Random(seed)))
                    .as("%s, restarted: %s", name, restarts)
                    .isEqualTo(expected);
            assertThat(withLittle.rejected())
                    .as("rejected, %s, restarted: %s", name, restarts)
                    .containsExactlyInAnyOrderElementsOf(withMuch.rejected());
            asked++;
            aside += space.spilledBytes() > 0 ? 1 : 0;
        }
    }

    /** Returns how many steps were repeated, by operators with much memory where the first have little, or the reverse. */
    int repeatedSteps(String sql, Random random, Tables tables, long memory, boolean littleFirst) {
        Workspace space = space(memory);
        QueryRuns little = new QueryRuns(tables, space).clockMoves(A_MINUTE);
        QueryRuns much = withMuch(tables);
        int repeated = new RepeatedSteps(tables, littleFirst ? little : much, littleFirst ? much : little, sql)
                .run(10, random);
        aside += space.spilledBytes() > 0 ? 1 : 0;
        return repeated;
    }

    private Workspace space(long memory) {
        return new Workspace(memory, 1, directory, 1L << 30, "state-memory");
    }

    @Override
    public String toString() {
        return aside + " of " + asked + " runs put some on disk";
    }
}
