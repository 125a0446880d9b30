package io.millrace.spi.log;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The hash keys that belong to a shard, both ends included.
 *
 * @param first lowest key
 * @param last highest key
 */
public record HashRange(HashKey first, HashKey last) {

    public static final HashRange ALL = new HashRange(HashKey.MIN, HashKey.MAX);

    public HashRange {
        if (first.compareTo(last) > 0) {
            throw new IllegalArgumentException("hash range from " + first + " to " + last);
        }
    }

    public boolean contains(HashKey key) {
        return first.compareTo(key) <= 0 && key.compareTo(last) <= 0;
    }

    /** Divides all hash keys into so many ranges of equal size, the last taking what is left over. */
    public static List<HashRange> divide(int count) {
        BigInteger size = BigInteger.ONE.shiftLeft(128).divide(BigInteger.valueOf(count));
        List<HashRange> ranges = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            BigInteger first = size.multiply(BigInteger.valueOf(i));
            HashKey last =
                    i == count - 1 ? HashKey.MAX : HashKey.of(first.add(size).subtract(BigInteger.ONE));
            ranges.add(new HashRange(HashKey.of(first), last));
        }
        return ranges;
    }
}
