package io.millrace.spi.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.MillraceException;
import java.util.List;
import org.junit.jupiter.api.Test;

class HashRangeTest {

    @Test
    void partitionKeysHashWithMd5() {
        // md5("") and md5("abc") from RFC 1321.
        assertThat(HashKey.ofPartitionKey("").toBigInteger().toString(16))
                .isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
        assertThat(HashKey.ofPartitionKey("abc").toBigInteger().toString(16))
                .isEqualTo("900150983cd24fb0d6963f7d28e17f72");
    }

    @Test
    void rangesCoverEveryKeyOnce() {
        for (int count : new int[] {1, 2, 3, 4, 7, 1000}) {
            List<HashRange> ranges = HashRange.divide(count);
            assertThat(ranges).hasSize(count);
            assertThat(ranges.getFirst().first()).isEqualTo(HashKey.MIN);
            assertThat(ranges.getLast().last()).isEqualTo(HashKey.MAX);
            for (int i = 1; i < count; i++) {
                assertThat(ranges.get(i).first().toBigInteger())
                        .isEqualTo(ranges.get(i - 1).last().toBigInteger().add(java.math.BigInteger.ONE));
            }
        }
    }

    @Test
    void keysAreUnsignedDecimals() {
        assertThat(HashKey.parse("340282366920938463463374607431768211455")).isEqualTo(HashKey.MAX);
        assertThat(HashKey.MAX).isGreaterThan(HashKey.MIN).isGreaterThan(HashKey.parse("1"));
        assertThat(HashRange.ALL.contains(HashKey.parse("170141183460469231731687303715884105728")))
                .isTrue();
        assertThatThrownBy(() -> HashKey.parse("340282366920938463463374607431768211456"))
                .isInstanceOf(MillraceException.class);
        assertThatThrownBy(() -> HashKey.parse("-1")).isInstanceOf(MillraceException.class);
    }
}
