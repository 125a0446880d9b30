package io.millrace.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.row.ByteDictionary;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GroupTableTest {

    private static final DataType DECIMAL = new DataType.DecimalType(38, 10);

    /** Numbers that are told apart by no more than one would like. */
    private static final double[] ODD = {
        0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, -Double.MIN_VALUE
    };

    private static final long[] FAR = {Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE + 1, -1, 0, 1L << 32, 1L << 63};

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
                RowType.of(c, d, b),
                RowType.of(Field.nullable("e", DECIMAL)),
                RowType.of(b, Field.nullable("e", DECIMAL)),
                RowType.of(Field.nullable("f", DataType.REAL), a),
                RowType.of(b, Field.nullable("g", new DataType.ArrayType(DataType.VARCHAR, true))));
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
        int variety = 1 + random.nextInt(400);
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
                        .isEqualTo(expected.getOrDefault(key(batch, i), GroupTable.NO_GROUP));
            }
            table.find(grouped);
            for (int i = 0; i < rows; i++) {
                int group = grouped.groups()[i];
                Integer known = expected.putIfAbsent(key(batch, i), group);
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

    @Test
    void placesInDictionariesAreTheGroupsOfTheirValues() {
        Random random = new Random(11);
        RowType type = RowType.of(Field.nullable("k", DataType.VARCHAR));
        GroupTable table = GroupTable.create(type, List.of(0));
        GroupedRows rows = new GroupedRows();
        ByteDictionary dictionary = dictionary(random);
        for (int round = 0; round < 200; round++) {
            if (random.nextInt(4) == 0) {
                dictionary = dictionary(random);
            }
            RowBatch batch = RowBatch.create(type, 50);
            BytesColumn column = (BytesColumn) batch.column(0);
            int[] places = random.ints(50, 0, dictionary.size()).toArray();
            column.share(dictionary, places, 0, 50);
            for (int row = 0; row < 50; row += 1 + random.nextInt(10)) {
                column.setNull(row);
            }
            batch.size(50);
            rows.of(batch, 0);
            table.find(rows);
            RowBatch keys = RowBatch.create(type, table.size());
            for (int i = 0; i < 50; i++) {
                int group = rows.groups()[i];
                keys.clear();
                table.writeKey(group, keys, 0);
                assertThat(key(keys, 0)).as("round %s, row %s", round, i).isEqualTo(key(batch, i));
            }
            int gone = rows.groups()[random.nextInt(50)];
            table.remove(gone);
        }
        assertThat(table.liveCount()).isLessThanOrEqualTo(41);
    }

    private static ByteDictionary dictionary(Random random) {
        BytesColumn values = new BytesColumn(20);
        int offset = random.nextInt(21);
        for (int i = 0; i < 20; i++) {
            values.append(i, "value " + (i + offset));
        }
        return new ByteDictionary(values.data(), values.starts(), values.ends());
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
                keys.put(key(row, 0), group);
            }
        }
        return keys;
    }

    /** Returns a row as a key: the two zeros are one. */
    private static List<Object> key(RowBatch batch, int row) {
        List<Object> key = new ArrayList<>(JavaValues.row(batch, row));
        key.replaceAll(value -> Double.valueOf(-0.0).equals(value)
                ? Double.valueOf(0.0)
                : Float.valueOf(-0.0f).equals(value) ? Float.valueOf(0.0f) : value);
        return key;
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
                values[i] = value % 7 == 0 ? FAR[value / 7 % FAR.length] : (long) value << 40;
            } else if (field.equals(DataType.INTEGER)) {
                values[i] = value % 31 == 0 ? Integer.MIN_VALUE : -value;
            } else if (field.equals(DataType.DOUBLE)) {
                values[i] = odd(value);
            } else if (field.equals(DataType.REAL)) {
                values[i] = (float) odd(value);
            } else if (field.equals(DECIMAL)) {
                values[i] = new BigDecimal(BigInteger.valueOf(value % 5 - 2).shiftLeft(value % 3 * 40), 10);
            } else if (field instanceof DataType.ArrayType) {
                values[i] = IntStream.range(0, value % 3)
                        .mapToObj(at -> text(value >> at))
                        .toList();
            } else {
                values[i] = text(value);
            }
        }
        return Arrays.asList(values);
    }

    private static double odd(int value) {
        return value % 3 == 0 ? ODD[value / 3 % ODD.length] : value / 8.0;
    }

    /** Text of every length up to 89, which differs from others of its length in one or two places. */
    private static String text(int value) {
        char[] letters = new char[value % 90];
        Arrays.fill(letters, 'x');
        if (letters.length > 0) {
            letters[7 * value % letters.length] = (char) ('a' + value / 90);
        }
        return new String(letters);
    }
}
