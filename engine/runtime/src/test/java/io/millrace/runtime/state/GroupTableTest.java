package io.millrace.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GroupTableTest {

    static Stream<RowType> keyTypes() {
        Field a = Field.nullable("a", DataType.BIGINT);
        Field b = Field.nullable("b", DataType.VARCHAR);
        Field c = Field.nullable("c", DataType.INTEGER);
        Field d = Field.nullable("d", DataType.DOUBLE);
        return Stream.of(
                RowType.of(),
                RowType.of(a),
                RowType.of(b),
                RowType.of(c),
                RowType.of(d),
                RowType.of(a, b),
                RowType.of(b, c),
                RowType.of(b, b),
                RowType.of(a, c),
                RowType.of(c, a),
                RowType.of(c, d, b));
    }

    @ParameterizedTest
    @MethodSource("keyTypes")
    void behavesAsAMapThroughInsertsRemovalsAndRestarts(RowType type) {
        for (long seed = 1; seed <= 20; seed++) {
            run(type, new Random(seed), "seed " + seed);
        }
    }

    private static void run(RowType type, Random random, String seed) {
        List<Integer> columns = IntStream.range(0, type.size()).boxed().toList();
        GroupTable table = GroupTable.create(type, columns);
        Map<List<Object>, Integer> expected = new HashMap<>();
        int variety = 1 + random.nextInt(200);
        for (int round = 0; round < 60; round++) {
            RowBatch batch = RowBatch.create(type, 0);
            int rows = random.nextInt(20);
            for (int i = 0; i < rows; i++) {
                JavaValues.append(batch, randomKey(type, random, variety));
            }
            batch.size(rows);
            GroupedRows grouped = new GroupedRows();
            grouped.of(batch, 0);
            table.lookup(grouped, columns.stream().mapToInt(c -> c).toArray());
            for (int i = 0; i < rows; i++) {
                assertThat(grouped.groups()[i])
                        .as(seed)
                        .isEqualTo(expected.getOrDefault(JavaValues.row(batch, i), GroupTable.NO_GROUP));
            }
            table.find(grouped);
            for (int i = 0; i < rows; i++) {
                int group = grouped.groups()[i];
                Integer known = expected.putIfAbsent(JavaValues.row(batch, i), group);
                assertThat(known == null || known == group).as(seed).isTrue();
            }
            if (random.nextInt(3) == 0) {
                removeSome(table, expected, random);
            }
            if (random.nextInt(10) == 0) {
                table = restarted(table, type, columns);
            }
            assertThat(keys(table, type)).as(seed).isEqualTo(expected);
            assertThat(table.liveCount()).as(seed).isEqualTo(expected.size());
        }
    }

    private static void removeSome(GroupTable table, Map<List<Object>, Integer> expected, Random random) {
        if (random.nextBoolean()) {
            expected.values().removeIf(group -> random.nextBoolean());
            table.retain(expected::containsValue);
            return;
        }
        for (List<Object> key : new ArrayList<>(expected.keySet())) {
            if (random.nextBoolean()) {
                table.remove(expected.remove(key));
            }
        }
    }

    private static GroupTable restarted(GroupTable table, RowType type, List<Integer> columns) {
        StateWriter out = new StateWriter();
        table.save(out);
        GroupTable copy = GroupTable.create(type, columns);
        copy.load(new StateReader(out.toByteArray()));
        return copy;
    }

    private static Map<List<Object>, Integer> keys(GroupTable table, RowType type) {
        Map<List<Object>, Integer> keys = new HashMap<>();
        for (int group = 0; group < table.size(); group++) {
            if (table.live(group)) {
                RowBatch row = RowBatch.create(type, 1);
                table.writeKey(group, row, 0);
                row.size(1);
                keys.put(JavaValues.row(row, 0), group);
            }
        }
        return keys;
    }

    private static List<Object> randomKey(RowType type, Random random, int variety) {
        Object[] values = new Object[type.size()];
        for (int i = 0; i < values.length; i++) {
            int value = random.nextInt(variety);
            if (value % 17 == 0 && variety % 2 == 0) {
                continue;
            }
            DataType field = type.field(i).type();
            if (field.equals(DataType.BIGINT)) {
                values[i] = (long) value << 40;
            } else if (field.equals(DataType.INTEGER)) {
                values[i] = -value;
            } else if (field.equals(DataType.DOUBLE)) {
                values[i] = value / 8.0;
            } else {
                values[i] = text(value);
            }
        }
        return Arrays.asList(values);
    }

    /** Text of every length up to 39, which differs from others of its length in one or two places. */
    private static String text(int value) {
        char[] letters = new char[value % 40];
        Arrays.fill(letters, 'x');
        if (letters.length > 0) {
            letters[7 * value % letters.length] = (char) ('a' + value / 40);
        }
        return new String(letters);
    }
}
