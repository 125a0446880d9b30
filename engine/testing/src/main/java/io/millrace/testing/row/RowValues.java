package io.millrace.testing.row;

import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows as values that compare by content: those of {@link JavaValues}, with bytes as hexadecimal text. */
public final class RowValues {

    private RowValues() {}

    /** Returns the rows that the batch selects. */
    public static List<List<@Nullable Object>> of(RowBatch batch) {
        List<List<@Nullable Object>> rows = new ArrayList<>(batch.selectedCount());
        for (int i = 0; i < batch.selectedCount(); i++) {
            rows.add(comparable(JavaValues.row(batch, batch.selectedRow(i))));
        }
        return rows;
    }

    public static List<@Nullable Object> comparable(List<?> values) {
        List<@Nullable Object> plain = new ArrayList<>(values.size());
        values.forEach(value -> plain.add(comparable(value)));
        return plain;
    }

    private static @Nullable Object comparable(@Nullable Object value) {
        return switch (value) {
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            case List<?> list -> comparable(list);
            case Map<?, ?> map -> {
                Map<@Nullable Object, @Nullable Object> plain = new LinkedHashMap<>();
                map.forEach((key, cell) -> plain.put(comparable(key), comparable(cell)));
                yield plain;
            }
            case null, default -> value;
        };
    }
}
