package io.millrace.sql.lower;

import io.millrace.plan.expression.Expression.Literal;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.sql.error.SqlErrors;
import java.math.BigDecimal;
import java.time.Duration;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** The numbers and lengths of time in an OVER, which are constants. */
final class OverConstants {

    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final int NANOS_PER_MICRO = 1000;

    private OverConstants() {}

    /** Returns a whole number above zero. */
    static long count(RexNode node, RexOver over) {
        long count = whole(node, over);
        if (count <= 0) {
            throw SqlErrors.invalid(
                    over.getOperator().getName() + " takes a number above zero, and got " + count,
                    "write 1 or more",
                    over.getParserPosition());
        }
        return count;
    }

    /** Returns a whole number. */
    static long whole(RexNode node, RexOver over) {
        Literal literal = literal(node);
        if (literal != null && literal.value() instanceof Number number) {
            try {
                return new BigDecimal(number.toString()).longValueExact();
            } catch (ArithmeticException e) {
                throw notConstant(over, e);
            }
        }
        throw notConstant(over, null);
    }

    /** Returns a distance from an order key of a type, in the unit in which such a key is stored. */
    static long distance(RexNode node, DataType key, RexOver over) {
        Literal literal = literal(node);
        if (literal == null || literal.value() == null) {
            throw notConstant(over, null);
        }
        Object value = literal.value();
        if (value instanceof Duration duration) {
            long micros = Math.addExact(
                    Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / NANOS_PER_MICRO);
            if (!(key instanceof DateType)) {
                return micros;
            }
            if (micros % MICROS_PER_DAY == 0) {
                return micros / MICROS_PER_DAY;
            }
        } else if (value instanceof Number && key instanceof IntegerType) {
            return whole(node, over);
        } else if (value instanceof Number number && key instanceof DecimalType decimal && decimal.precision() <= 18) {
            return scaled(new BigDecimal(number.toString()), decimal.scale(), over);
        }
        throw SqlErrors.unsupported(
                "RANGE with a distance of " + literal.type() + " from a key of type " + key + " is not supported",
                "order by a time and give an interval of days or less, or order by a whole number and give a number",
                over.getParserPosition());
    }

    private static long scaled(BigDecimal distance, int scale, RexOver over) {
        try {
            return distance.setScale(scale).unscaledValue().longValueExact();
        } catch (ArithmeticException e) {
            throw notConstant(over, e);
        }
    }

    /** Returns the constant that an expression is, or null where it is none. */
    static @Nullable Literal literal(RexNode node) {
        RexNode bare = node;
        while (bare.getKind() == SqlKind.CAST) {
            bare = ((RexCall) bare).getOperands().getFirst();
        }
        return bare instanceof RexLiteral literal ? Literals.lower(literal) : null;
    }

    private static RuntimeException notConstant(RexOver over, @Nullable ArithmeticException cause) {
        RuntimeException error = SqlErrors.unsupported(
                over.getOperator().getName() + " OVER takes constant numbers and intervals only",
                "write the number or the interval into the statement",
                over.getParserPosition());
        if (cause != null) {
            error.addSuppressed(cause);
        }
        return error;
    }
}
