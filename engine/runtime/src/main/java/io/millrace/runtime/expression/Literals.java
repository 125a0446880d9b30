package io.millrace.runtime.expression;

import io.millrace.runtime.expression.function.Boxes;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DecimalType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Code for constants. */
final class Literals {

    private Literals() {}

    static Code write(@Nullable Object value, DataType type, BodyWriter body) {
        Form form = Form.of(type);
        if (value == null) {
            return form == Form.BYTES
                    ? Code.bytes(type, body.slice(), "true")
                    : Code.of(type, form == Form.BIG ? "((java.math.BigDecimal) null)" : form.zero, "true");
        }
        if (type instanceof DecimalType decimal) {
            BigDecimal fitted = SqlText.fit((BigDecimal) value, decimal);
            return form == Form.BIG
                    ? Code.of(type, body.shared("java.math.BigDecimal", fitted), null)
                    : Code.of(type, number(fitted.unscaledValue().longValue()), null);
        }
        return switch (form) {
            case BOOLEAN -> Code.of(type, value.toString(), null);
            case INT -> Code.of(type, number(Boxes.toInt(value)), null);
            case LONG -> Code.of(type, number(Boxes.toLong(value)), null);
            case FLOAT ->
                Code.of(type, "Float.intBitsToFloat(" + number(Float.floatToIntBits((Float) value)) + ")", null);
            case DOUBLE ->
                Code.of(type, "Double.longBitsToDouble(" + number(Double.doubleToLongBits((Double) value)) + ")", null);
            case BYTES -> bytes(type, value, body);
            default -> Code.of(type, body.constant("Object", value), null);
        };
    }

    private static Code bytes(DataType type, Object value, BodyWriter body) {
        byte[] bytes = value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) value;
        String name = body.constant("byte[]", bytes);
        return new Code(type, name, "0", name + ".length", null);
    }

    static String number(int value) {
        return value == Integer.MIN_VALUE ? "Integer.MIN_VALUE" : value < 0 ? "(" + value + ")" : "" + value;
    }

    static String number(long value) {
        return value == Long.MIN_VALUE ? "Long.MIN_VALUE" : value < 0 ? "(" + value + "L)" : value + "L";
    }
}
