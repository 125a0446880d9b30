package io.millrace.sql.system.query;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DecimalType;
import java.math.BigDecimal;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.type.SqlTypeName;

/** Literals of a tree as values. */
final class Literals {

    private Literals() {}

    static Expression compile(SqlLiteral literal) {
        SqlTypeName type = literal.getTypeName();
        return switch (type) {
            case NULL -> new Expression(DataType.VARCHAR, true, frame -> null);
            case BOOLEAN -> Expression.constant(DataType.BOOLEAN, literal.getValue());
            case CHAR, VARCHAR -> text(literal.getValueAs(String.class));
            case DECIMAL, BIGINT, INTEGER -> number(literal.getValueAs(BigDecimal.class));
            case DOUBLE ->
                Expression.constant(
                        DataType.DOUBLE, literal.getValueAs(BigDecimal.class).doubleValue());
            default -> throw Failures.unsupported(literal, "a literal of type " + type);
        };
    }

    private static Expression text(String text) {
        return new Expression(DataType.VARCHAR, true, frame -> text);
    }

    private static Expression number(BigDecimal number) {
        if (number.scale() > 0 || number.toBigInteger().bitLength() > 63) {
            int scale = Math.max(0, number.scale());
            int precision = Math.min(DataType.DECIMAL_PRECISION_MAX, Math.max(number.precision(), scale));
            return Expression.constant(new DecimalType(Math.max(1, precision), scale), number);
        }
        long value = number.longValueExact();
        return value == (int) value
                ? Expression.constant(DataType.INTEGER, (int) value)
                : Expression.constant(DataType.BIGINT, value);
    }
}
