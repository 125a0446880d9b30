package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.Call;
import io.millrace.runtime.expression.function.Numbers;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.type.DataType.IntegerType;
import java.math.BigDecimal;
import java.math.BigInteger;

/** What is done with whole numbers and their bits. */
final class InterpretedIntegers {

    /** A greater one has more digits than a DECIMAL. */
    private static final int FACTORIAL_MAX = 33;

    private InterpretedIntegers() {}

    static BigDecimal call(Call call, BigDecimal left, BigDecimal right) {
        return switch (call.function()) {
            case DIV -> left.divideToIntegralValue(InterpretedNumbers.divisor(right));
            case GCD -> divisor(left, right);
            case LCM -> multiple(left, right);
            case FACTORIAL -> factorial(left);
            case SCALE -> BigDecimal.valueOf(left.scale());
            case MIN_SCALE ->
                BigDecimal.valueOf(Math.max(0, left.stripTrailingZeros().scale()));
            case BITAND -> BigDecimal.valueOf(left.longValue() & right.longValue());
            case BITOR -> BigDecimal.valueOf(left.longValue() | right.longValue());
            case BITXOR -> BigDecimal.valueOf(left.longValue() ^ right.longValue());
            case BITNOT -> BigDecimal.valueOf(~left.longValue());
            case SHIFT_LEFT -> BigDecimal.valueOf(Numbers.shiftLeft(left.longValue(), right.longValue(), bits(call)));
            case SHIFT_RIGHT -> BigDecimal.valueOf(Numbers.shiftRight(left.longValue(), right.longValue(), bits(call)));
            default -> throw new IllegalStateException(call.function().name());
        };
    }

    private static int bits(Call call) {
        return ((IntegerType) call.type()).bits();
    }

    /** Decimals are whole numbers of their smallest unit. */
    private static BigDecimal divisor(BigDecimal left, BigDecimal right) {
        int scale = Math.max(left.scale(), right.scale());
        BigInteger divisor =
                left.setScale(scale).unscaledValue().gcd(right.setScale(scale).unscaledValue());
        return new BigDecimal(divisor, scale);
    }

    private static BigDecimal multiple(BigDecimal left, BigDecimal right) {
        if (left.signum() == 0 || right.signum() == 0) {
            return BigDecimal.ZERO;
        }
        return left.divideToIntegralValue(divisor(left, right)).multiply(right).abs();
    }

    private static BigDecimal factorial(BigDecimal number) {
        if (number.signum() < 0) {
            throw new RowFailure(ErrorCode.INVALID_ARGUMENT, "factorial of the negative number " + number);
        }
        if (number.compareTo(BigDecimal.valueOf(FACTORIAL_MAX)) > 0) {
            throw new RowFailure(ErrorCode.NUMERIC_OVERFLOW, "factorial of " + number + " has more than 38 digits");
        }
        BigInteger product = BigInteger.ONE;
        for (int i = 2; i <= number.intValue(); i++) {
            product = product.multiply(BigInteger.valueOf(i));
        }
        return new BigDecimal(product);
    }
}
