package io.millrace.runtime.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.connector.RowLookup.Keeping;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is kept of answers, and until when. */
class AnswerCacheTest {

    private static final RowType COMING = RowType.of(Field.nullable("k", DataType.VARCHAR));
    private static final RowType ANSWER =
            RowType.of(Field.nullable("v", DataType.BIGINT), Field.nullable("k", DataType.VARCHAR));

    private final Map<String, List<Long>> table = new TreeMap<>();
    private AnswerCache cache = cache(new Keeping(1000, 100));
    private long step;

    private static AnswerCache cache(Keeping keeping) {
        return new AnswerCache(COMING, new int[] {0}, ANSWER, new int[] {1}, keeping);
    }

    /** Looks keys up in a step, and returns which of them were asked for. */
    private List<String> asked(long clock, String... keys) {
        step++;
        cache.trim();
        return look(clock, keys);
    }

    private List<String> look(long clock, String... keys) {
        GroupedRows coming = coming(keys);
        cache.find(coming, step, clock);
        RowBatch asked = RowBatch.create(COMING, 4);
        cache.keys(0, cache.askedCount(), asked);
        cache.begin(0, cache.askedCount(), step, clock);
        List<String> names = new ArrayList<>();
        RowBatch answer = RowBatch.create(ANSWER, 4);
        for (int i = 0; i < asked.size(); i++) {
            String key = (String) JavaValues.row(asked, i).getFirst();
            names.add(key);
            table.getOrDefault(key, List.of()).forEach(value -> JavaValues.append(answer, List.of(value, key)));
        }
        // A database may answer more than it was asked.
        table.forEach((key, values) -> values.forEach(value -> {
            if (!names.contains(key)) {
                JavaValues.append(answer, List.of(value, key));
            }
        }));
        cache.add(answer);
        cache.end();
        return names;
    }

    private static GroupedRows coming(String... keys) {
        RowBatch batch = RowBatch.create(COMING, keys.length);
        for (String key : keys) {
            JavaValues.append(batch, List.of(key));
        }
        GroupedRows rows = new GroupedRows();
        rows.of(batch, 0);
        return rows;
    }

    private List<Long> values(int group) {
        List<Long> values = new ArrayList<>();
        for (int row = cache.rows().first(group); row >= 0; row = cache.rows().next(row)) {
            values.add((Long) JavaValues.row(cache.rows().rows(), row).getFirst());
        }
        return values.stream().sorted().toList();
    }

    /** Returns what is known of a key, without asking. */
    private List<Long> known(String key) {
        GroupedRows rows = coming(key);
        cache.find(rows, step, Long.MIN_VALUE);
        cache.end();
        return values(rows.groups()[0]);
    }

    @Test
    void aKeyIsAskedForOnceWhileItIsKept() {
        table.put("a", List.of(1L, 2L));
        assertThat(asked(0, "a", "b", "a")).containsExactly("a", "b");
        assertThat(known("a")).containsExactly(1L, 2L);
        assertThat(asked(99, "b", "a", "c")).containsExactly("c");
        assertThat(known("c")).isEmpty();
    }

    @Test
    void whatWasAskedForLongAgoIsAskedForAgainAndReplaced() {
        table.put("a", List.of(1L, 2L));
        asked(0, "a");
        table.put("a", List.of(3L));
        assertThat(asked(100, "a")).containsExactly("a");
        assertThat(known("a")).containsExactly(3L);
        table.remove("a");
        assertThat(asked(200, "a", "b")).containsExactly("a", "b");
        assertThat(known("a")).isEmpty();
    }

    @Test
    void inOneStepAKeyStaysAsItIs() {
        cache.keeping(new Keeping(0, 0));
        assertThat(asked(0, "a")).containsExactly("a");
        table.put("a", List.of(1L));
        assertThat(look(0, "a", "b")).containsExactly("b");
        assertThat(asked(0, "a", "b")).containsExactly("a", "b");
        assertThat(known("a")).containsExactly(1L);
    }

    @Test
    void whatWasOfNoUseForLongestIsForgotten() {
        cache.keeping(new Keeping(8, Long.MAX_VALUE));
        for (String key : List.of("a", "b", "c", "d", "e")) {
            table.put(key, List.of(1L));
            asked(0, key);
        }
        // Five keys and five rows are too much; three quarters of eight may stay, with the newest uses.
        assertThat(asked(0, "c")).isEmpty();
        assertThat(cache.keyCount()).isEqualTo(3);
        assertThat(asked(0, "e", "d", "a")).containsExactly("a");
    }

    @Test
    void itIsTheSameWhenItIsTakenBack() {
        table.put("a", List.of(1L));
        table.put("b", List.of(2L, 3L));
        asked(0, "a", "b", "c");
        asked(60, "d");
        StateWriter out = new StateWriter();
        cache.save(out);
        cache = cache(new Keeping(1, 1));
        cache.load(new StateReader(out.toByteArray()));
        assertThat(known("b")).containsExactly(2L, 3L);
        assertThat(asked(120, "a", "d", "e")).containsExactly("a", "e");
    }

    @Test
    void textThatIsAnsweredAnewAgainAndAgainTakesNoMoreRoom() {
        RowType texts = RowType.of(Field.nullable("v", DataType.VARCHAR), Field.nullable("k", DataType.VARCHAR));
        cache = new AnswerCache(COMING, new int[] {0}, texts, new int[] {1}, new Keeping(1000, 0));
        for (int length = 1; length < 4000; length++) {
            cache.trim();
            RowBatch kept = cache.rows().rows();
            assertThat(((BytesColumn) kept.column(0)).mostlyWasted(1 << 18)).isFalse();
            cache.find(coming("a"), length, length);
            cache.begin(0, cache.askedCount(), length, length);
            RowBatch answer = RowBatch.create(texts, 1);
            JavaValues.append(answer, List.of("x".repeat(length), "a"));
            cache.add(answer);
            cache.end();
        }
    }
}
