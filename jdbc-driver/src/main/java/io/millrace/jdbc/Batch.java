package io.millrace.jdbc;

import io.millrace.jdbc.wire.Command;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Statements that run together. Those that change something go to the server many at a time, without waiting for the
 * answer to each; all others run one by one. The first that fails is the last that runs.
 */
final class Batch {

    /** Answers to so many fit into what a connection holds, so that neither side waits for the other. */
    private static final int TOGETHER_MAX = 256;

    private static final Set<String> CHANGES =
            Set.of("INSERT", "UPSERT", "UPDATE", "DELETE", "MERGE", "CREATE", "ALTER", "DROP", "TRUNCATE");

    private Batch() {}

    /** Runs one statement of a batch; returns how many rows it changed. */
    interface Step {
        long run(int index) throws SQLException;
    }

    /** Runs several statements and adds how many rows each changed, up to the first that fails. */
    interface Together {
        void run(List<Command> commands, List<Long> counts) throws SQLException;
    }

    /** Runs a batch step by step. */
    static long[] oneByOne(int count, Step step) throws SQLException {
        long[] counts = new long[count];
        for (int i = 0; i < count; i++) {
            try {
                counts[i] = step.run(i);
            } catch (SQLException e) {
                throw failed(e, Arrays.copyOf(counts, i));
            }
        }
        return counts;
    }

    /** Returns whether a statement has no rows for an answer, and so can go with others. */
    static boolean goesWithOthers(String sql) throws SQLException {
        return CHANGES.contains(SqlText.firstWord(sql))
                && !SqlText.hasWord(sql, "RETURNING")
                && SqlText.split(sql).size() == 1;
    }

    /** Runs a batch of statements that may go together. */
    static long[] together(List<Command> commands, Together runner) throws SQLException {
        List<Long> counts = new ArrayList<>(commands.size());
        try {
            for (int start = 0; start < commands.size(); start += TOGETHER_MAX) {
                runner.run(commands.subList(start, Math.min(commands.size(), start + TOGETHER_MAX)), counts);
            }
        } catch (SQLException e) {
            throw failed(e, longs(counts));
        }
        return longs(counts);
    }

    private static long[] longs(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).toArray();
    }

    private static SQLException failed(SQLException e, long[] counts) {
        return new BatchUpdateException(
                "statement " + (counts.length + 1) + " of the batch failed: " + e.getMessage(),
                e.getSQLState(),
                e.getErrorCode(),
                counts,
                e);
    }
}
