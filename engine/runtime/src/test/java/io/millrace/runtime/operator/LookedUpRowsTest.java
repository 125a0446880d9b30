package io.millrace.runtime.operator;

import static io.millrace.runtime.Scenario.at;
import static io.millrace.runtime.Scenario.endless;
import static io.millrace.runtime.Scenario.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.JoinKey;
import io.millrace.plan.JoinType;
import io.millrace.plan.PlanNode;
import io.millrace.plan.Rowtime;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.runtime.Scenario;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.MemorySource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows beside those they look up: which, in which order, and that it does not hang on how they come in batches. */
class LookedUpRowsTest {

    private static final List<JoinType> KEEPING_LEFT =
            List.of(JoinType.INNER, JoinType.LEFT, JoinType.SEMI, JoinType.ANTI);
    private static final List<JoinType> KEEPING_RIGHT = List.of(JoinType.INNER, JoinType.RIGHT);
    private static final int AMOUNT = 2;

    @Test
    void rowsComeInTheirOrderWhereverBatchesAreCut() {
        int alone = 0;
        for (long seed = 1; seed <= 60; seed++) {
            for (boolean tested : new boolean[] {false, true}) {
                for (JoinType type : KEEPING_LEFT) {
                    alone += verify(new Case(seed, type, false, tested));
                }
                for (JoinType type : KEEPING_RIGHT) {
                    verify(new Case(seed, type, true, tested));
                }
            }
        }
        assertThat(alone).as("rows without a partner between others").isGreaterThan(500);
    }

    @Test
    void manyPartnersOfARowAreMoreThanABatch() {
        Scenario scenario = new Scenario();
        MemorySource names = scenario.source("names", "0");
        for (int i = 0; i < 9000; i++) {
            names.add("0", at(i), "A", (long) i, 0.5);
        }
        MemorySource ticks = scenario.source("ticks", "0");
        ticks.add("0", at(1), "B", 1L, 0.5);
        ticks.add("0", at(2), "A", 8998L, 0.5);
        ticks.add("0", at(3), "A", 9000L, 0.5);
        ticks.add("0", at(4), "C", 3L, 0.5);
        StepDriver driver = new StepDriver(endless(join(JoinType.LEFT, false, true)), scenario);
        assertThat(driver.step())
                .containsExactly(
                        "+1 1 B 1 0.5 null null null null",
                        "+1 2 A 8998 0.5 8999 A 8999 0.5",
                        "+1 3 A 9000 0.5 null null null null",
                        "+1 4 C 3 0.5 null null null null");
    }

    private record Case(long seed, JoinType type, boolean keptAreLeft, boolean tested) {}

    /** Returns how many rows had no partner. */
    private static int verify(Case one) {
        Random random = new Random(one.seed);
        List<List<@Nullable Object>> kept = rows(random, 12);
        List<List<@Nullable Object>> coming = rows(random, 40);
        List<String> expected = expected(one, kept, coming);
        for (int most : new int[] {Integer.MAX_VALUE, 1, 3}) {
            Scenario scenario = new Scenario();
            MemorySource names = scenario.source("names", "0");
            kept.forEach(row -> names.add("0", row.toArray()));
            MemorySource ticks = scenario.source("ticks", "0");
            StepDriver driver = new StepDriver(endless(join(one.type, one.keptAreLeft, one.tested)), scenario);
            coming.forEach(row -> ticks.add("0", row.toArray()));
            ticks.batchRows(() -> most);
            driver.take(driver.whole());
            assertThat(driver.rows()).as("%s in batches of %s", one, most).isEqualTo(expected);
        }
        return (int) expected.stream()
                .filter(row -> row.contains("null null null null"))
                .count();
    }

    private static List<String> expected(
            Case one, List<List<@Nullable Object>> kept, List<List<@Nullable Object>> coming) {
        List<String> expected = new ArrayList<>();
        List<@Nullable Object> nothing = Arrays.asList(null, null, null, null);
        for (List<@Nullable Object> row : coming) {
            // Of rows with the same key the newest comes first.
            List<List<@Nullable Object>> partners = kept.reversed().stream()
                    .filter(other -> matches(one, row, other))
                    .toList();
            if (one.type.leftOnly()) {
                if (partners.isEmpty() == (one.type == JoinType.ANTI)) {
                    expected.add("+1 " + Scenario.text(row));
                }
                continue;
            }
            partners.forEach(other -> expected.add(beside(one, row, other)));
            if (partners.isEmpty() && one.type != JoinType.INNER) {
                expected.add(beside(one, row, nothing));
            }
        }
        return expected;
    }

    private static boolean matches(Case one, List<@Nullable Object> row, List<@Nullable Object> other) {
        Object ticker = row.get(1);
        Long mine = (Long) row.get(AMOUNT);
        Long others = (Long) other.get(AMOUNT);
        long left = one.keptAreLeft ? others : mine;
        long right = one.keptAreLeft ? mine : others;
        return ticker != null && ticker.equals(other.get(1)) && (!one.tested || left < right);
    }

    private static String beside(Case one, List<@Nullable Object> row, List<@Nullable Object> other) {
        List<@Nullable Object> both = new ArrayList<>(one.keptAreLeft ? other : row);
        both.addAll(one.keptAreLeft ? row : other);
        return "+1 " + Scenario.text(both);
    }

    private static List<List<@Nullable Object>> rows(Random random, int most) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = random.nextInt(most); i >= 0; i--) {
            String ticker = random.nextInt(6) == 0 ? null : "T" + random.nextInt(6);
            // No two rows that are kept are equal, so that they stay in the order in which they came.
            rows.add(Arrays.asList(at(rows.size()), ticker, (long) random.nextInt(9), 0.5));
        }
        return rows;
    }

    private static PlanNode join(JoinType type, boolean keptAreLeft, boolean tested) {
        PlanNode coming = scan("ticks", Scenario.ARRIVAL);
        PlanNode kept = scan("names", new Rowtime.Present());
        PlanNode left = keptAreLeft ? kept : coming;
        List<Field> fields = new ArrayList<>(left.rowType().fields());
        if (!type.leftOnly()) {
            fields.addAll((keptAreLeft ? coming : kept).rowType().fields());
        }
        Expression smaller = new Call(
                ScalarFunction.LESS,
                List.of(
                        new Column(AMOUNT, DataType.BIGINT, true),
                        new Column(Scenario.TICKS.size() + AMOUNT, DataType.BIGINT, true)),
                DataType.BOOLEAN,
                true);
        return new PlanNode.Join(
                "join",
                left,
                keptAreLeft ? coming : kept,
                new RowType(fields),
                type,
                List.of(new JoinKey(1, 1, false)),
                tested ? smaller : null,
                List.of());
    }
}
