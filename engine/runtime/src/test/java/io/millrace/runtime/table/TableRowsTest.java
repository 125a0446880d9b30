package io.millrace.runtime.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TableRowsTest {

    private static final RowType ROW = RowType.of(
            Field.required("id", DataType.INTEGER),
            Field.required("name", DataType.VARCHAR),
            Field.nullable("n", DataType.BIGINT));

    static Stream<List<Integer>> keys() {
        return Stream.of(List.of(0), List.of(1), List.of(1, 0));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void isWhatAMapByKeyIs(List<Integer> key) {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        TableRows table = new TableRows("t", ROW, key);
        Map<List<Object>, List<Object>> model = new HashMap<>();
        Map<TableVersion, List<String>> seen = new HashMap<>();
        for (int round = 0; round < 3000; round++) {
            change(random, table, key, model);
            if (random.nextInt(50) == 0) {
                seen.put(table.version(), texts(model));
            }
            if (random.nextInt(400) == 0) {
                table.closeUp();
            }
            assertThat(table.rowCount()).as("seed %s", seed).isEqualTo(model.size());
        }
        assertThat(texts(table.version())).as("seed %s", seed).isEqualTo(texts(model));
        // Versions do not change, whatever became of the table since.
        seen.forEach((version, rows) ->
                assertThat(texts(version)).as("seed %s", seed).isEqualTo(rows));
    }

    private static void change(
            Random random, TableRows table, List<Integer> key, Map<List<Object>, List<Object>> model) {
        TableVersion version = table.version();
        RowBatch present = version.rows();
        Map<List<Object>, List<Object>> expected = new HashMap<>(model);
        int removals = Math.min(present.selectedCount(), random.nextInt(3));
        int[] removed = random.ints(0, Math.max(1, present.selectedCount()))
                .distinct()
                .limit(removals)
                .map(present::selectedRow)
                .toArray();
        for (int slot : removed) {
            expected.remove(keyOf(JavaValues.row(present, slot), key));
        }
        RowBatch added = RowBatch.create(ROW, 0);
        boolean duplicate = false;
        for (int i = random.nextInt(3); i >= 0; i--) {
            List<Object> row = Arrays.asList(
                    random.nextInt(40), "k" + random.nextInt(40), random.nextBoolean() ? null : random.nextLong());
            JavaValues.append(added, row);
            duplicate |= expected.put(keyOf(row, key), row) != null;
        }
        MillraceException failure = catchThrowableOfType(MillraceException.class, () -> table.change(removed, added));
        if (duplicate) {
            assertThat(failure).isNotNull();
            assertThat(failure.code()).isEqualTo(ErrorCode.DUPLICATE_KEY);
        } else {
            assertThat(failure).isNull();
            model.clear();
            model.putAll(expected);
        }
        assertThat(texts(table.version())).isEqualTo(texts(model));
    }

    private static List<Object> keyOf(List<?> row, List<Integer> key) {
        return new ArrayList<>(key.stream().map(row::get).toList());
    }

    private static List<String> texts(Map<?, List<Object>> rows) {
        return rows.values().stream().map(Object::toString).sorted().toList();
    }

    private static List<String> texts(TableVersion version) {
        RowBatch rows = version.rows();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < rows.selectedCount(); i++) {
            texts.add(JavaValues.row(rows, rows.selectedRow(i)).toString());
        }
        return texts.stream().sorted().toList();
    }

    @Test
    void rowsWithoutAKeyMayRepeat() {
        TableRows table = new TableRows("t", ROW, List.of());
        RowBatch twice = RowBatch.create(ROW, 0);
        JavaValues.append(twice, Arrays.asList(1, "a", null));
        JavaValues.append(twice, Arrays.asList(1, "a", null));
        table.change(new int[0], twice);
        table.change(new int[] {0}, RowBatch.create(ROW, 0));

        assertThat(texts(table.version())).containsExactly("[1, a, null]");
    }

    @Test
    void takesBackWhatIsNotKept() {
        TableRows table = new TableRows("t", ROW, List.of(0));
        table.change(new int[0], rows(1, 2, 3));
        TableVersion kept = table.version();
        table.change(new int[] {0}, rows(7));
        table.restore(kept);
        table.change(new int[0], rows(7));

        assertThat(texts(table.version())).containsExactly("[1, n1, 1]", "[2, n2, 2]", "[3, n3, 3]", "[7, n7, 7]");
        assertThat(texts(kept)).hasSize(3);
    }

    private static RowBatch rows(int... ids) {
        RowBatch rows = RowBatch.create(ROW, ids.length);
        for (int id : ids) {
            JavaValues.append(rows, List.of(id, "n" + id, (long) id));
        }
        return rows;
    }
}
