package io.millrace.runtime.operator;

import static io.millrace.runtime.Scenario.ARRIVAL;
import static io.millrace.runtime.Scenario.aggregate;
import static io.millrace.runtime.Scenario.at;
import static io.millrace.runtime.Scenario.call;
import static io.millrace.runtime.Scenario.count;
import static io.millrace.runtime.Scenario.endless;
import static io.millrace.runtime.Scenario.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.Plan;
import io.millrace.plan.StateTtl;
import io.millrace.runtime.Scenario;
import io.millrace.spi.type.DataType;
import io.millrace.testing.connector.MemorySource;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What groups put out that change in a step: those that are forgotten, and those whose results do not fit. */
class ChangedGroupsTest {

    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);

    private final Scenario scenario = new Scenario();
    private final MemorySource ticks = scenario.source("ticks", "0");

    private void tick(@Nullable String ticker, @Nullable Long amount) {
        ticks.add("0", at(1), ticker, amount, 1.0);
    }

    private static AggregateCall countDistinct(int column) {
        return new AggregateCall(
                AggregateFunction.COUNT, List.of(column), true, AggregateCall.NO_FILTER, DataType.BIGINT, false);
    }

    @Test
    void aGroupThatWasForgottenHasItsDistinctValuesAnew() {
        Plan plan = new Plan(
                aggregate("values", scan("ticks", ARRIVAL), List.of(1), countDistinct(2)),
                true,
                -1,
                new StateTtl(60_000_000, Map.of()));
        StepDriver driver = new StepDriver(plan, scenario);
        tick("A", 1L);
        tick("A", 2L);
        assertThat(driver.step()).containsExactly("+1 A 2");
        scenario.clock().advance(120_000_000L);
        tick("B", 1L);
        assertThat(driver.step()).containsExactlyInAnyOrder("-1 A 2", "+1 B 1");
        tick("A", 1L);
        assertThat(driver.step()).containsExactly("+1 A 1");
    }

    @Test
    void aGroupThatGetsRowsInTheStepThatForgetsItHasTheseAlone() {
        Plan plan = new Plan(
                aggregate(
                        "values",
                        scan("ticks", ARRIVAL),
                        List.of(1),
                        count(),
                        call(AggregateFunction.SUM, 2, DataType.BIGINT),
                        countDistinct(2)),
                true,
                -1,
                new StateTtl(60_000_000, Map.of()));
        StepDriver driver = new StepDriver(plan, scenario);
        tick("A", 1L);
        tick("A", 2L);
        tick("B", 5L);
        assertThat(driver.step()).containsExactlyInAnyOrder("+1 A 2 3 2", "+1 B 1 5 1");
        scenario.clock().advance(120_000_000L);
        tick("A", 1L);
        assertThat(driver.step()).containsExactlyInAnyOrder("-1 A 2 3 2", "+1 A 1 1 1", "-1 B 1 5 1");
        driver.restart();
        tick("A", 2L);
        assertThat(driver.step()).containsExactlyInAnyOrder("-1 A 1 1 1", "+1 A 2 3 2");
    }

    @Test
    void aDistinctValueThatComesInTheStepThatForgetsItIsGivenAgain() {
        Plan plan = new Plan(
                aggregate("distinct", scan("ticks", ARRIVAL), List.of(1)),
                true,
                -1,
                new StateTtl(60_000_000, Map.of()));
        StepDriver driver = new StepDriver(plan, scenario);
        tick("A", 1L);
        assertThat(driver.step()).containsExactly("+1 A");
        tick("A", 1L);
        assertThat(driver.step()).isEmpty();
        scenario.clock().advance(120_000_000L);
        tick("A", 1L);
        assertThat(driver.step()).containsExactly("+1 A");
    }

    @Test
    void groupsWhoseResultsDoNotFitGoAndComeBackAmongOthers() {
        for (long seed = 1; seed <= 10; seed++) {
            Random random = new Random(seed);
            Scenario own = new Scenario();
            MemorySource source = own.source("ticks", "0");
            StepDriver driver = new StepDriver(
                    endless(aggregate(
                            "sums",
                            scan("ticks", ARRIVAL),
                            List.of(1),
                            count(),
                            call(AggregateFunction.MAX, 1, DataType.VARCHAR),
                            call(AggregateFunction.SUM, 2, DataType.BIGINT),
                            call(AggregateFunction.MIN, 2, DataType.BIGINT),
                            countDistinct(2))),
                    own);
            Map<String, List<Long>> groups = new TreeMap<>();
            for (int step = 0; step < 30; step++) {
                for (int i = random.nextInt(120); i >= 0; i--) {
                    String ticker = random.nextInt(12) == 0 ? null : "T" + random.nextInt(60);
                    Long amount = amount(random);
                    source.add("0", at(1), ticker, amount, 1.0);
                    groups.computeIfAbsent(String.valueOf(ticker), k -> new ArrayList<>())
                            .add(amount);
                }
                driver.step();
                if (random.nextInt(8) == 0) {
                    driver.restart();
                }
                assertThat(driver.integrated())
                        .as("seed %s, step %s", seed, step)
                        .isEqualTo(expected(groups));
            }
            assertThat(driver.rejected()).as("seed %s", seed).isNotEmpty();
        }
    }

    private static @Nullable Long amount(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> Long.MAX_VALUE;
            case 2 -> -Long.MAX_VALUE;
            default -> (long) random.nextInt(5);
        };
    }

    private static Map<String, Integer> expected(Map<String, List<Long>> groups) {
        Map<String, Integer> rows = new TreeMap<>();
        groups.forEach((key, amounts) -> {
            List<Long> known = amounts.stream().filter(Objects::nonNull).toList();
            BigInteger sum = known.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
            if (sum.compareTo(MOST) <= 0 && sum.compareTo(LEAST) >= 0) {
                rows.put(
                        String.join(
                                " ",
                                key,
                                String.valueOf(amounts.size()),
                                key,
                                known.isEmpty() ? "null" : sum.toString(),
                                known.stream()
                                        .min(Long::compare)
                                        .map(Object::toString)
                                        .orElse("null"),
                                String.valueOf(known.stream().distinct().count())),
                        1);
            }
        });
        return rows;
    }
}
