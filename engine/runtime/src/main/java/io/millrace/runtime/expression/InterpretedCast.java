package io.millrace.runtime.expression;

import io.millrace.runtime.expression.function.Comparison;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values as another type. Which pairs there are is said in {@link Signatures#castable}. */
final class InterpretedCast {

    private InterpretedCast() {}

    static Object cast(Object value, DataType from, DataType to, ZoneId zone) {
        try {
            return converted(value, from, to, zone);
        } catch (ArithmeticException e) {
            throw new RowFailure(ErrorCode.NUMERIC_OVERFLOW, "value out of range of " + to);
        }
    }

    private static Object converted(Object value, DataType from, DataType to, ZoneId zone) {
        if (value instanceof String text) {
            return parsed(text, to, zone);
        }
        if (to instanceof CharacterType) {
            return parsed(text(value, from, zone), to, zone);
        }
        if (value instanceof byte[] bytes) {
            return bytes((BinaryType) to, bytes);
        }
        if (Types.isNumber(to)) {
            Number number = value instanceof Boolean truth ? (Number) (truth ? 1 : 0) : (Number) value;
            return InterpretedNumbers.number(number, to);
        }
        if (to instanceof BooleanType) {
            return value instanceof Boolean ? value : Comparison.compare(value, BigDecimal.ZERO) != 0;
        }
        if (Types.isInterval(to)) {
            return value;
        }
        if (Types.isDateTime(to)) {
            return InterpretedTime.cast(value, from, to, zone);
        }
        return nested(value, from, to, zone);
    }

    private static Object parsed(String text, DataType to, ZoneId zone) {
        Column column = Column.create(to, 1);
        SqlText.parse(to, text, zone, column, 0);
        return Objects.requireNonNull(JavaValues.get(to, column, 0));
    }

    private static String text(Object value, DataType type, ZoneId zone) {
        Column column = Column.create(type, 1);
        JavaValues.set(type, column, 0, value);
        StringBuilder out = new StringBuilder();
        SqlText.append(type, column, 0, zone, out);
        return out.toString();
    }

    private static Object bytes(BinaryType type, byte[] value) {
        boolean fits = type.length() == DataType.UNBOUNDED || (!type.fixed() && value.length <= type.length());
        return fits ? value : java.util.Arrays.copyOf(value, type.length());
    }

    private static Object nested(Object value, DataType from, DataType to, ZoneId zone) {
        if (from instanceof ArrayType source && to instanceof ArrayType target) {
            List<@Nullable Object> list = new ArrayList<>();
            for (Object element : (List<?>) value) {
                list.add(nullable(element, source.element(), target.element(), zone));
            }
            return list;
        }
        if (from instanceof MapType source && to instanceof MapType target) {
            Map<Object, @Nullable Object> map = new LinkedHashMap<>();
            ((Map<?, ?>) value)
                    .forEach((key, element) -> map.put(
                            cast(key, source.key(), target.key(), zone),
                            nullable(element, source.value(), target.value(), zone)));
            return map;
        }
        if (from instanceof RowType source && to instanceof RowType target) {
            List<@Nullable Object> fields = new ArrayList<>();
            for (int i = 0; i < target.size(); i++) {
                Object field = ((List<?>) value).get(i);
                fields.add(
                        nullable(field, source.field(i).type(), target.field(i).type(), zone));
            }
            return fields;
        }
        throw new RowFailure(ErrorCode.INTERNAL, "cast from " + from + " to " + to);
    }

    private static @Nullable Object nullable(@Nullable Object value, DataType from, DataType to, ZoneId zone) {
        return value == null ? null : cast(value, from, to, zone);
    }
}
