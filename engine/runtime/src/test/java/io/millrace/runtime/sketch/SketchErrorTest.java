package io.millrace.runtime.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The errors that the sketches state hold, also for sketches put together and taken back from storage. */
class SketchErrorTest {

    private static final int TRIALS = 100;

    private static <S extends Sketch> S restored(S sketch, Supplier<S> create) {
        StateWriter out = new StateWriter();
        sketch.save(out);
        S copy = create.get();
        StateReader in = new StateReader(out.toByteArray());
        copy.load(in);
        assertThat(in.atEnd()).isTrue();
        return copy;
    }

    private static <S extends Sketch> S together(List<S> parts, Supplier<S> create) {
        S all = create.get();
        parts.forEach(part -> all.merge(restored(part, create)));
        return restored(all, create);
    }

    private static <S> List<S> three(Supplier<S> create) {
        return List.of(create.get(), create.get(), create.get());
    }

    @Test
    void distinctCountsAreWithinTheirError() {
        double squares = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            Random random = new Random(trial);
            int different = 1000 << random.nextInt(9);
            List<DistinctSketch> parts = three(DistinctSketch::new);
            for (int i = 0; i < different * 3 / 2; i++) {
                long hash = Hash64.of((long) trial << 40 | i % different);
                parts.get(random.nextInt(3)).add(hash);
            }
            double error = (double) together(parts, DistinctSketch::new).estimate() / different - 1;
            assertThat(Math.abs(error)).as("trial %d", trial).isLessThan(5 * 0.01625);
            squares += error * error;
        }
        assertThat(Math.sqrt(squares / TRIALS)).as("standard error").isBetween(0.008, 0.021);
    }

    @Test
    void fewDistinctValuesAreCountedExactly() {
        for (int different = 0; different <= DistinctSketch.EXACT_MAX; different++) {
            List<DistinctSketch> parts = three(DistinctSketch::new);
            for (int i = 0; i < 2 * different; i++) {
                parts.get(i % 3).add(Hash64.of(("v" + i % different).getBytes(), 0, ("v" + i % different).length()));
            }
            assertThat(together(parts, DistinctSketch::new).estimate()).isEqualTo(different);
        }
    }

    @Test
    void quantilesAreWithinTheirError() {
        int asked = 0;
        int beyond = 0;
        double[] shares = {0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1};
        for (int trial = 0; trial < TRIALS; trial++) {
            Random random = new Random(trial);
            int count = 1000 + random.nextInt(60_000);
            List<QuantileSketch> parts = three(QuantileSketch::new);
            for (int i = 0; i < count; i++) {
                // numbers that grow, fall or jump about; their ranks are known
                int number = trial % 3 == 0 ? i : trial % 3 == 1 ? count - 1 - i : (int) ((i * 7919L) % count);
                parts.get(trial % 2 == 0 ? 0 : i % 3).add(number);
            }
            if (trial % 3 == 2 && count % 7919 == 0) {
                continue;
            }
            double[] found = together(parts, QuantileSketch::new).quantiles(shares);
            assertThat(found[0]).isZero();
            assertThat(found[shares.length - 1]).isEqualTo(count - 1.0);
            for (int i = 0; i < shares.length; i++) {
                asked++;
                beyond += Math.abs(found[i] / count - shares[i]) > 0.015 ? 1 : 0;
                assertThat(found[i] / count - shares[i]).isBetween(-0.03, 0.03);
            }
        }
        assertThat(beyond).as("of %d", asked).isLessThanOrEqualTo(asked / 100);
    }

    @Test
    void fewNumbersHaveExactQuantiles() {
        QuantileSketch sketch = new QuantileSketch();
        for (int i = QuantileSketch.EXACT_MAX; i >= 1; i--) {
            sketch.add(i);
        }
        assertThat(sketch.quantiles(new double[] {0, 0.005, 0.0051, 0.5, 1})).containsExactly(1, 1, 2, 100, 200);
    }

    @Test
    void frequentValuesAreWithinTheirError() {
        for (int trial = 0; trial < 10; trial++) {
            Random random = new Random(trial);
            List<FrequentSketch> parts = three(FrequentSketch::new);
            Map<Integer, Long> exact = new HashMap<>();
            int count = 200_000;
            for (int i = 0; i < count; i++) {
                int value = (int) Math.floor(1 / (random.nextDouble() + 1e-5));
                value = value < 20 ? value : 1000 + random.nextInt(50_000);
                exact.merge(value, 1L, Long::sum);
                parts.get(random.nextInt(3)).add(Integer.toString(value).getBytes(), 1);
            }
            Map<Integer, Long> counted = new HashMap<>();
            together(parts, FrequentSketch::new)
                    .mostFrequent()
                    .forEach(c -> counted.put(Integer.valueOf(new String(c.value())), c.count()));
            exact.forEach((value, times) -> {
                long found = counted.getOrDefault(value, 0L);
                assertThat(found).isLessThanOrEqualTo(times).isGreaterThanOrEqualTo(times - count / 500);
            });
        }
    }

    @Test
    void fewValuesAreCountedExactly() {
        FrequentSketch sketch = new FrequentSketch();
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            sketch.add(("v" + i).getBytes(), i);
            expected.addFirst("v" + i + " " + i);
        }
        assertThat(restored(sketch, FrequentSketch::new).mostFrequent())
                .extracting(counted -> new String(counted.value()) + " " + counted.count())
                .containsExactlyElementsOf(expected);
    }
}
