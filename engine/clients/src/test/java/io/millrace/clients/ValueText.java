package io.millrace.clients;

import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows as text that says each value exactly, whatever version of Java writes it; {@code SparkFiles} writes the same. */
final class ValueText {

    private ValueText() {}

    static List<String> of(RowBatch rows) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows.selectedCount(); i++) {
            lines.add(of(JavaValues.row(rows, rows.selectedRow(i))));
        }
        return lines;
    }

    static String of(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case List<?> values -> values.stream().map(ValueText::of).toList().toString();
            case Map<?, ?> map -> {
                List<String> entries = new ArrayList<>();
                map.forEach((key, cell) -> entries.add(of(key) + "=" + of(cell)));
                entries.sort(null);
                yield entries.toString();
            }
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            case BigDecimal decimal -> decimal.toPlainString();
            case Double number -> "d" + Long.toHexString(Double.doubleToLongBits(number));
            case Float number -> "f" + Integer.toHexString(Float.floatToIntBits(number));
            case String text ->
                '"' + text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r") + '"';
            default -> String.valueOf(value);
        };
    }
}
