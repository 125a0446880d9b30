package io.millrace.sql.lower;

import io.millrace.plan.expression.Expression.Literal;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DecimalType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/** Constants as a statement spells them, without a validator. */
public final class SqlConstants {

    private static final BigDecimal INTEGERS_END = BigDecimal.valueOf(Integer.MAX_VALUE);
    private static final BigDecimal INTEGERS_START = BigDecimal.valueOf(Integer.MIN_VALUE);
    private static final BigDecimal BIGINTS_END = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal BIGINTS_START = BigDecimal.valueOf(Long.MIN_VALUE);

    private SqlConstants() {}

    /**
     * Returns the constant that a node is, or null where it is something else, or one that only the validator knows.
     *
     * @param nullType the type of NULL
     */
    public static @Nullable Literal find(SqlNode node, DataType nullType) {
        if (node.getKind() == SqlKind.MINUS_PREFIX) {
            Literal positive = find(((SqlCall) node).operand(0));
            return positive == null ? null : negated(positive);
        }
        if (node instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.NULL) {
            return new Literal(null, nullType);
        }
        return find(node);
    }

    private static @Nullable Literal find(SqlNode node) {
        if (!(node instanceof SqlLiteral literal)) {
            return null;
        }
        SqlLiteral resolved = literal instanceof SqlUnknownLiteral unknown ? resolved(unknown) : literal;
        return switch (resolved.getTypeName()) {
            case BOOLEAN -> new Literal(resolved.getValue(), DataType.BOOLEAN); // null for UNKNOWN
            case DECIMAL -> exact(resolved.getValueAs(BigDecimal.class));
            case DOUBLE -> approximate(resolved.getValueAs(BigDecimal.class).doubleValue());
            case CHAR -> new Literal(resolved.getValueAs(String.class), DataType.VARCHAR);
            case DATE ->
                new Literal(
                        LocalDate.parse(resolved.getValueAs(DateString.class).toString()), DataType.DATE);
            case TIME ->
                new Literal(
                        LocalTime.parse(resolved.getValueAs(TimeString.class).toString()), DataType.TIME);
            case TIMESTAMP ->
                new Literal(
                        LocalDateTime.parse(resolved.getValueAs(TimestampString.class)
                                .toString()
                                .replace(' ', 'T')),
                        DataType.TIMESTAMP);
            default -> null;
        };
    }

    /** {@code DATE '…'} is not read before somebody asks for it. */
    private static SqlLiteral resolved(SqlUnknownLiteral literal) {
        return switch (literal.tag) {
            case "DATE" -> literal.resolve(SqlTypeName.DATE);
            case "TIME" -> literal.resolve(SqlTypeName.TIME);
            case "TIMESTAMP" -> literal.resolve(SqlTypeName.TIMESTAMP);
            default -> literal;
        };
    }

    private static @Nullable Literal approximate(double value) {
        return Double.isInfinite(value) ? null : new Literal(value, DataType.DOUBLE);
    }

    private static @Nullable Literal exact(BigDecimal value) {
        int digits = Math.max(value.precision() - Math.min(value.scale(), 0), value.scale());
        if (digits > DataType.DECIMAL_PRECISION_MAX) {
            return null;
        }
        if (value.scale() > 0) {
            return new Literal(value, new DecimalType(digits, value.scale()));
        }
        if (within(value, INTEGERS_START, INTEGERS_END)) {
            return new Literal(value.intValueExact(), DataType.INTEGER);
        }
        return within(value, BIGINTS_START, BIGINTS_END)
                ? new Literal(value.longValueExact(), DataType.BIGINT)
                : new Literal(
                        value.setScale(0), new DecimalType(value.setScale(0).precision(), 0));
    }

    private static boolean within(BigDecimal value, BigDecimal start, BigDecimal end) {
        return value.compareTo(start) >= 0 && value.compareTo(end) <= 0;
    }

    private static @Nullable Literal negated(Literal positive) {
        return switch (positive.value()) {
            case Integer value -> exact(BigDecimal.valueOf(value).negate());
            case Long value -> exact(BigDecimal.valueOf(value).negate());
            case BigDecimal value -> exact(value.negate());
            case Double value -> new Literal(-value, DataType.DOUBLE);
            case null, default -> null;
        };
    }
}
