package io.millrace.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeapSizeTest {

    /** An operator that holds one object. */
    private static final class Holder extends Operator {

        @SuppressWarnings("unused") // looked at by reflection
        private final Object held;

        Holder(Object held) {
            super("holder", RowType.of());
            this.held = held;
        }

        @Override
        protected @Nullable RowBatch produce() {
            return null;
        }

        @Override
        public long bound(int column) {
            return NO_BOUND;
        }
    }

    @Test
    void arraysAndWhatCollectionsHoldAreCounted() {
        long nothing = new HeapSize().of(new Holder(new Object()));
        assertThat(new HeapSize().of(new Holder(new long[1000])) - nothing).isBetween(7_900L, 8_100L);
        assertThat(new HeapSize().of(new Holder(List.of(new long[1000], new int[1000]))) - nothing)
                .isBetween(11_900L, 12_200L);
        assertThat(new HeapSize().of(new Holder(Map.of("key", new byte[1000]))) - nothing)
                .isBetween(900L, 1_200L);
    }

    @Test
    void whatHoldsItselfIsCountedOnce() {
        Object[] ring = new Object[100];
        ring[0] = ring;
        assertThat(new HeapSize().of(new Holder(ring))).isLessThan(1000);
    }

    /** Accumulators of users' functions may be of any class. */
    @Test
    void collectionsOfOthersAreNotAsked() {
        List<Object> list = new AbstractList<>() {
            @Override
            public Object get(int index) {
                throw new IllegalStateException("it is not to be asked");
            }

            @Override
            public int size() {
                return Integer.MAX_VALUE;
            }
        };
        Map<Object, Object> map = new AbstractMap<>() {
            @Override
            public Set<Entry<Object, Object>> entrySet() {
                throw new IllegalStateException("it is not to be asked");
            }
        };
        assertThat(new HeapSize().of(new Holder(new Object[] {list, map}))).isLessThan(1000);
    }
}
