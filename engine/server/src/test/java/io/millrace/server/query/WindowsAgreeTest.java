package io.millrace.server.query;

import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Windows of all kinds, sizes and offsets hold the rows that arithmetic with times says, in DuckDB, however they are written. */
class WindowsAgreeTest {

    private static final int ROUNDS = 40;
    private static final String ROWS = "(SELECT * FROM t1 WHERE ts IS NOT NULL)";
    private static final String MICROS = "(SELECT *, epoch_us(ts) AS us FROM t1 WHERE ts IS NOT NULL)";
    private static final long MILLI = 1000;

    /** In milliseconds. */
    private static final List<Integer> LENGTHS = List.of(700, 1000, 2500, 3000, 7000, 10_000, 13_000);

    private static final List<Integer> OFFSETS = List.of(0, 0, 1, 500, 4000, -2500, 100_000);
    private static final List<String> VALUES = List.of("COUNT(*)", "SUM(b)", "MIN(s)", "COUNT(DISTINCT b)", "MAX(a)");

    private final Agreement agreement = new Agreement();

    @Test
    void windowsThatTumbleHopAndCumulate() throws SQLException {
        for (long seed = 1; seed <= ROUNDS; seed++) {
            Random random = new Random(seed);
            int one = any(LENGTHS, random);
            int other = any(LENGTHS, random);
            int size = Math.max(one, other);
            int step = Math.min(one, other);
            int offset = any(OFFSETS, random);
            String key = random.nextBoolean() ? "a, " : "";
            String value = any(VALUES, random);
            boolean cumulates = random.nextBoolean();
            boolean tumbles = !cumulates && random.nextInt(3) == 0;
            String window = cumulates ? "CUMULATE" : tumbles ? "TUMBLE" : "HOP";
            String sql = ours(window, tumbles ? size : step, size, offset, key, value, random);
            String placed = cumulates ? cumulated(step, size, offset) : hopped(tumbles ? size : step, size, offset);
            String duck =
                    "SELECT make_timestamp(w), make_timestamp(e), " + key + value + " FROM " + placed + " GROUP BY ALL";
            check(sql, duck, random, "seed " + seed + ": " + sql);
        }
        agreement.report("windows");
    }

    @Test
    void sessions() throws SQLException {
        for (long seed = 1; seed <= ROUNDS; seed++) {
            Random random = new Random(seed);
            String gap = interval(any(LENGTHS, random));
            boolean keyed = random.nextBoolean();
            String value = any(VALUES, random);
            String sql = sessions(gap, keyed ? "a" : "", value, random);
            String partition = keyed ? "PARTITION BY a " : "";
            String duck = "SELECT MIN(ts), MAX(ts) + " + gap + (keyed ? ", a, " : ", ") + value + " FROM (SELECT *,"
                    + " SUM(CASE WHEN ts - before < " + gap + " THEN 0 ELSE 1 END) OVER (" + partition
                    + "ORDER BY ts) AS n FROM (SELECT *, LAG(ts) OVER (" + partition + "ORDER BY ts) AS before FROM "
                    + ROWS + ")) GROUP BY n" + (keyed ? ", a" : "");
            check(sql, duck, random, "seed " + seed + ": " + sql);
        }
        agreement.report("sessions");
    }

    private static String ours(String window, int step, int size, int offset, String key, String value, Random random) {
        boolean tumbles = window.equals("TUMBLE");
        String stepName = window.equals("HOP") ? "SLIDE" : "STEP";
        String lengths =
                (tumbles ? "" : interval(step) + ", ") + interval(size) + (offset == 0 ? "" : ", " + interval(offset));
        String grouped = " GROUP BY window_start, window_end" + (key.isEmpty() ? "" : ", a");
        String select = "SELECT window_start, window_end, " + key + value + " FROM ";
        return switch (random.nextInt(3)) {
            case 0 -> select + "TABLE(" + window + "(" + ROWS + ", DESCRIPTOR(ts), " + lengths + "))" + grouped;
            case 1 ->
                select + window + "(TIMECOL => DESCRIPTOR(ts), SIZE => " + interval(size)
                        + (tumbles ? "" : ", " + stepName + " => " + interval(step))
                        + (offset == 0 ? "" : ", \"OFFSET\" => " + interval(offset)) + ", DATA => " + ROWS + ")"
                        + grouped;
            default -> {
                String call = "(ts, " + lengths + ")";
                yield "SELECT " + window + "_START" + call + ", " + window + "_END" + call + ", " + key + value
                        + " FROM " + ROWS + " AS r GROUP BY " + window + call + (key.isEmpty() ? "" : ", a");
            }
        };
    }

    private static String sessions(String gap, String key, String value, Random random) {
        String keys = key.isEmpty() ? "" : key + ", ";
        String grouped = " GROUP BY window_start, window_end" + (key.isEmpty() ? "" : ", a");
        String rows = ROWS + (key.isEmpty() ? "" : " PARTITION BY " + key);
        return switch (random.nextInt(3)) {
            case 0 ->
                "SELECT window_start, window_end, " + keys + value + " FROM TABLE(SESSION(" + rows
                        + ", DESCRIPTOR(ts), " + gap + "))" + grouped;
            case 1 ->
                "SELECT window_start, window_end, " + keys + value + " FROM SESSION(GAP => " + gap + ", DATA => " + ROWS
                        + (key.isEmpty() ? "" : ", KEY => DESCRIPTOR(" + key + ")") + ", TIMECOL => DESCRIPTOR(ts))"
                        + grouped;
            default ->
                "SELECT SESSION_START(ts, " + gap + "), SESSION_END(ts, " + gap + "), " + keys + value + " FROM " + ROWS
                        + " AS r GROUP BY " + keys + "SESSION(ts, " + gap + ")";
        };
    }

    /** Rows with the start {@code w} and the end {@code e} of each window they lie in. */
    private static String hopped(long slide, long size, long offset) {
        long s = slide * MILLI;
        long z = size * MILLI;
        long o = offset * MILLI;
        return "(SELECT *, w + " + z + " AS e FROM (SELECT *, unnest(generate_series(((us - " + z + " - " + o + ") // "
                + s + " + 1) * " + s + " + " + o + ", us, " + s + ")) AS w FROM " + MICROS + "))";
    }

    private static String cumulated(long step, long size, long offset) {
        long s = step * MILLI;
        long z = size * MILLI;
        long o = offset * MILLI;
        return "(SELECT * FROM (SELECT *, unnest(list_distinct([least(w + j * " + s + ", w + " + z
                + ") for j in generate_series(1, " + (z + s - 1) / s + ")])) AS e FROM (SELECT *, (us - " + o + ") // "
                + z + " * " + z + " + " + o + " AS w FROM " + MICROS + ")) WHERE e > us)";
    }

    private static String interval(int millis) {
        return "INTERVAL '" + (millis < 0 ? "-" : "") + Math.abs(millis) / 1000 + "."
                + String.format("%03d", Math.abs(millis) % 1000) + "' SECOND";
    }

    private void check(String sql, String duck, Random random, String name) throws SQLException {
        agreement.attempt(name, () -> agreement.takesNothingBack(Tables.random(random, 60), sql, duck, random, name));
    }

    private static <T> T any(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
