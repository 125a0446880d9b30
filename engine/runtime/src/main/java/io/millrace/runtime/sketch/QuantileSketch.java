package io.millrace.runtime.sketch;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import java.util.Arrays;

/**
 * Which number lies at which share of all numbers (the KLL sketch). Numbers lie on levels; one of level {@code n} stands
 * for 2<sup>n</sup>. A level that is full is sorted, and every other number of it moves up. Which of the two halves
 * moves is decided by a coin, whose falls follow from what was added, so that the same rows give the same answer.
 *
 * <p>The share of what it answers differs from the one that was asked for by at most 1.5 percentage points in 99 of 100
 * cases. Up to {@value #EXACT_MAX} numbers it is exact. The least and the greatest always are.
 */
public final class QuantileSketch implements Sketch {

    /** So many numbers are all kept. */
    public static final int EXACT_MAX = 200;

    private static final int LEVEL_MIN = 8;
    private static final double SHRINKING = 2.0 / 3;

    private double[][] levels = {new double[LEVEL_MIN]};
    private int[] sizes = {0};
    private int kept;
    private int capacity = EXACT_MAX;
    private long count;
    private double least = Double.NaN;
    private double greatest = Double.NaN;
    private long coin = 0x9E3779B97F4A7C15L;

    /** Adds a number. */
    public void add(double value) {
        double number = value + 0.0; // one zero
        least = count == 0 || Double.compare(number, least) < 0 ? number : least;
        greatest = count == 0 || Double.compare(number, greatest) > 0 ? number : greatest;
        count++;
        append(0, number);
        if (kept > capacity) {
            compact();
        }
    }

    public long count() {
        return count;
    }

    private void append(int level, double number) {
        if (sizes[level] == levels[level].length) {
            levels[level] = Arrays.copyOf(levels[level], 2 * sizes[level]);
        }
        levels[level][sizes[level]++] = number;
        kept++;
    }

    private void compact() {
        while (kept > capacity) {
            int level = 0;
            while (sizes[level] < Math.max(2, room(level))) {
                level++;
            }
            if (level + 1 == levels.length) {
                addLevel();
            }
            moveHalf(level);
        }
    }

    /** Returns how many numbers a level holds: the topmost most, each below it two thirds of that. */
    private int room(int level) {
        return Math.max(LEVEL_MIN, (int) Math.ceil(EXACT_MAX * Math.pow(SHRINKING, levels.length - 1.0 - level)));
    }

    private void addLevel() {
        levels = Arrays.copyOf(levels, levels.length + 1);
        levels[levels.length - 1] = new double[LEVEL_MIN];
        sizes = Arrays.copyOf(sizes, levels.length);
        int all = 0;
        for (int level = 0; level < levels.length; level++) {
            all += room(level);
        }
        capacity = all;
    }

    private void moveHalf(int level) {
        double[] numbers = levels[level];
        int size = sizes[level];
        Arrays.sort(numbers, 0, size);
        int odd = size & 1; // the least stays where the number is odd
        int first = odd + (flip() ? 1 : 0);
        sizes[level] = 0;
        kept -= size;
        if (odd == 1) {
            append(level, numbers[0]);
        }
        for (int i = first; i < size; i += 2) {
            append(level + 1, numbers[i]);
        }
    }

    private boolean flip() {
        coin ^= coin << 13;
        coin ^= coin >>> 7;
        coin ^= coin << 17;
        return (coin & 1L << 40) != 0;
    }

    /**
     * Returns the numbers at shares of all, of which there must be one.
     *
     * @param shares from 0 to 1, ascending
     */
    public double[] quantiles(double[] shares) {
        double[] numbers = new double[kept];
        long[] weights = new long[kept];
        sorted(numbers, weights);
        double[] found = new double[shares.length];
        long before = 0;
        int at = 0;
        for (int i = 0; i < shares.length; i++) {
            long wanted = Math.max(1, (long) Math.ceil(shares[i] * count));
            while (at < kept - 1 && before + weights[at] < wanted) {
                before += weights[at++];
            }
            found[i] = wanted == 1 ? least : wanted >= count ? greatest : numbers[at];
        }
        return found;
    }

    private void sorted(double[] numbers, long[] weights) {
        record Weighted(double number, long weight) {}
        Weighted[] all = new Weighted[kept];
        int size = 0;
        for (int level = 0; level < levels.length; level++) {
            for (int i = 0; i < sizes[level]; i++) {
                all[size++] = new Weighted(levels[level][i], 1L << level);
            }
        }
        Arrays.sort(all, (a, b) -> Double.compare(a.number, b.number));
        for (int i = 0; i < size; i++) {
            numbers[i] = all[i].number;
            weights[i] = all[i].weight;
        }
    }

    @Override
    public void merge(Sketch other) {
        QuantileSketch more = (QuantileSketch) other;
        if (more.count == 0) {
            return;
        }
        least = count == 0 || Double.compare(more.least, least) < 0 ? more.least : least;
        greatest = count == 0 || Double.compare(more.greatest, greatest) > 0 ? more.greatest : greatest;
        count += more.count;
        for (int level = 0; level < more.levels.length; level++) {
            if (level == levels.length) {
                addLevel();
            }
            for (int i = 0; i < more.sizes[level]; i++) {
                append(level, more.levels[level][i]);
            }
        }
        compact();
    }

    @Override
    public void save(StateWriter out) {
        out.writeLong(count);
        out.writeLong(coin);
        out.writeDouble(least);
        out.writeDouble(greatest);
        out.writeInt(levels.length);
        for (int level = 0; level < levels.length; level++) {
            out.writeInt(sizes[level]);
            out.writeDoubles(levels[level], sizes[level]);
        }
    }

    @Override
    public void load(StateReader in) {
        count = in.readLong();
        coin = in.readLong();
        least = in.readDouble();
        greatest = in.readDouble();
        int height = in.readCount(4);
        for (int level = 0; level < height; level++) {
            if (level == levels.length) {
                addLevel();
            }
            for (double number : in.readDoubles(in.readCount(8))) {
                append(level, number);
            }
        }
    }
}
