package io.millrace.runtime.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.state.GroupedRows;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowStoreTest {

    private static final RowType TYPE = RowType.of(
            Field.nullable("id", DataType.BIGINT),
            Field.nullable("name", DataType.VARCHAR),
            Field.nullable("note", DataType.VARCHAR));

    private final RowStore store = new RowStore(TYPE, false);

    private void add(long id, String name, String note) {
        RowBatch batch = RowBatch.create(TYPE, 1);
        JavaValues.append(batch, List.of(id, name, note));
        GroupedRows rows = new GroupedRows();
        rows.of(batch, 0);
        store.add(rows, 1);
        store.endStep(group -> {});
    }

    private Column name() {
        return store.rows().column(1);
    }

    private Column note() {
        return store.rows().column(2);
    }

    @Test
    void onlyTheTextThatIsMostlyWastedIsCopied() {
        add(1, "kept", "kept too");
        Column name = name();
        int copies = 0;
        for (int i = 1; i < 3000; i++) {
            add(2, "two", "x".repeat(i));
            Column note = note();
            store.closeUp();
            copies += note == note() ? 0 : 1;
            assertThat(name()).isSameAs(name);
            assertThat(JavaValues.row(store.rows(), 0)).isEqualTo(List.of(1L, "kept", "kept too"));
            assertThat(JavaValues.row(store.rows(), 1)).isEqualTo(List.of(2L, "two", "x".repeat(i)));
            store.remove(1, group -> {});
        }
        assertThat(copies).isBetween(2, 30);
    }

    @Test
    void allTextIsCopiedWhereManyRowsAreGone() {
        for (int i = 0; i < 10_000; i++) {
            add(i, "name" + i, "note" + i);
        }
        for (int i = 0; i < 9_000; i++) {
            store.remove(i, group -> {});
        }
        Column name = name();
        Column note = note();
        store.closeUp();
        assertThat(name()).isNotSameAs(name);
        assertThat(note()).isNotSameAs(note);
        assertThat(JavaValues.row(store.rows(), 9_500)).isEqualTo(List.of(9_500L, "name9500", "note9500"));
    }
}
