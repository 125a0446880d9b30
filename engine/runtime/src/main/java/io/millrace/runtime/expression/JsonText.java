package io.millrace.runtime.expression;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.millrace.runtime.expression.function.TextLimits;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as JSON text: numbers, booleans, arrays and rows as JSON has them, all else as a string of its text in SQL. */
final class JsonText {

    private final ZoneId zone;
    private final StringBuilder out = new StringBuilder();

    JsonText(ZoneId zone) {
        this.zone = zone;
    }

    String of(DataType type, Object value) {
        write(type, value);
        TextLimits.check(out.length());
        return out.toString();
    }

    private void write(DataType type, @Nullable Object value) {
        if (value == null) {
            out.append("null");
            return;
        }
        switch (type) {
            case ArrayType array -> elements(array, (List<?>) value);
            case RowType row -> fields(row, (List<?>) value);
            case MapType map -> entries(map, (Map<?, ?>) value);
            case BooleanType bool -> out.append(value);
            default -> scalar(type, value);
        }
    }

    private void scalar(DataType type, Object value) {
        if (value instanceof Number number && isOfJson(number)) {
            out.append(text(type, value));
        } else {
            string(text(type, value));
        }
    }

    private static boolean isOfJson(Number number) {
        return !(number instanceof Double || number instanceof Float) || Double.isFinite(number.doubleValue());
    }

    private void elements(ArrayType type, List<?> values) {
        out.append('[');
        for (int i = 0; i < values.size(); i++) {
            separate(i);
            write(type.element(), values.get(i));
        }
        out.append(']');
    }

    private void fields(RowType type, List<?> values) {
        out.append('{');
        for (int i = 0; i < values.size(); i++) {
            separate(i);
            string(type.field(i).name());
            out.append(':');
            write(type.field(i).type(), values.get(i));
        }
        out.append('}');
    }

    private void entries(MapType type, Map<?, ?> values) {
        out.append('{');
        int place = 0;
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            separate(place++);
            string(text(type.key(), entry.getKey()));
            out.append(':');
            write(type.value(), entry.getValue());
        }
        out.append('}');
    }

    private void separate(int place) {
        if (place > 0) {
            out.append(',');
        }
    }

    private void string(String text) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        out.append('"');
    }

    private String text(DataType type, Object value) {
        return (String) InterpretedCast.cast(value, type, DataType.VARCHAR, zone);
    }
}
