package io.millrace.log.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The bytes of an index file, and what its entries find. */
class GoldenIndexTest {

    @Test
    void indexFile() {
        SparseIndex index = new SparseIndex(100);
        index.offer(10, 1000, 80);
        index.offer(11, 1001, 120);
        index.offer(12, 1002, 180);
        byte[] bytes =
                SegmentIndexFile.encode(new SegmentEnd(13, 240, 1003), index).array();
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("4d524931" + HexFormat.of().formatHex(bytes, 4, 8)
                        + "0d00000000000000" + "eb03000000000000" + "f0000000" + "02000000"
                        + "0a00000000000000" + "e803000000000000" + "50000000" + "00000000"
                        + "0c00000000000000" + "ea03000000000000" + "b4000000" + "00000000");
    }

    @Test
    void durableMark() {
        byte[] bytes = new DurableMark(10, 2, 240).encode().array();
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("4d524431" + HexFormat.of().formatHex(bytes, 4, 8) + "0a00000000000000" + "02000000"
                        + "f0000000");
    }

    @Test
    void walkingStartsBeforeTheFirstFrameThatFits() {
        SparseIndex index = new SparseIndex(1);
        index.offer(10, 1000, 80);
        index.offer(20, 1000, 180);
        index.offer(30, 2000, 280);
        assertThat(index.positionBefore(5)).isZero();
        assertThat(index.positionBefore(10)).isZero();
        assertThat(index.positionBefore(11)).isEqualTo(80);
        assertThat(index.positionBefore(20)).isEqualTo(80);
        assertThat(index.positionBefore(1000)).isEqualTo(280);
        assertThat(index.positionBeforeArrival(999)).isZero();
        assertThat(index.positionBeforeArrival(1000)).isEqualTo(80);
        assertThat(index.positionBeforeArrival(1500)).isEqualTo(180);
        assertThat(index.positionBeforeArrival(2000)).isEqualTo(180);
        assertThat(index.positionBeforeArrival(2001)).isEqualTo(280);
    }
}
