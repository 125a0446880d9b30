package io.millrace.testing.row;

import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Random rows of a type, with values at the edges of their range, NULLs at every level and repeats. Two of
 * the same seed give the same rows.
 */
public final class RandomRows {

    private static final String[] WORDS = {
        "",
        "a",
        " ",
        "GOOG",
        "Müller",
        "日本語",
        "a\nb",
        "\"quoted\"",
        "𝄞 clef",
        "x,y;z\t",
        "null",
        "NULL",
        "1",
        "true",
        "{}",
        "[1]",
        "\\",
        "\\n",
        "\\u0041",
        "ends in \\",
        "\r\n",
        "\u0001",
        "a\u0000b",
        "\u2028",
        "'",
        "longer than eight bytes"
    };
    private static final double[] NUMBERS = {
        0,
        -0.0,
        1,
        -1,
        0.1,
        1e22,
        1e23,
        9007199254740992.0,
        Math.PI,
        Float.MAX_VALUE,
        -Float.MIN_VALUE,
        Double.MAX_VALUE,
        Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };

    private final RandomGenerator random;
    private final double nullShare;

    /** @param nullShare how often a nullable value is NULL, 0 to 1 */
    public RandomRows(RandomGenerator random, double nullShare) {
        this.random = random;
        this.nullShare = nullShare;
    }

    /** Appends so many rows to a batch. */
    public void append(RowBatch batch, int count) {
        for (int i = 0; i < count; i++) {
            JavaValues.append(batch, row(batch.type()));
        }
    }

    public RowBatch batch(RowType type, int count) {
        RowBatch batch = RowBatch.create(type, Math.max(count, 1));
        append(batch, count);
        return batch;
    }

    /** Returns one object per field, of the classes of {@link JavaValues}. */
    public List<@Nullable Object> row(RowType type) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Field field : type.fields()) {
            values.add(value(field.type(), field.nullable()));
        }
        return values;
    }

    private @Nullable Object value(DataType type, boolean nullable) {
        return nullable && random.nextDouble() < nullShare ? null : value(type);
    }

    private Object value(DataType type) {
        return switch (type) {
            case BooleanType t -> random.nextBoolean();
            case IntegerType t when t.bits() == 64 -> integer(64);
            case IntegerType t -> (int) integer(t.bits());
            case FloatingType t when t.bits() == 64 -> floating();
            case FloatingType t -> (float) floating();
            case DecimalType t -> decimal(t);
            case CharacterType t -> text(t);
            case BinaryType t -> bytes(Math.min(t.length(), 20), t.fixed());
            case DateType t -> LocalDate.ofEpochDay(random.nextInt(-100_000, 100_000));
            case TimeType t -> LocalTime.ofNanoOfDay(cut(random.nextLong(86_400_000_000L), t.precision()) * 1000);
            case TimestampType t when t.zoned() -> JavaValues.instant(cut(micros(), t.precision()));
            case TimestampType t ->
                LocalDateTime.ofInstant(JavaValues.instant(cut(micros(), t.precision())), ZoneOffset.UTC);
            case IntervalType t when t.months() -> Period.ofMonths(random.nextInt(-1000, 1000));
            case IntervalType t -> Duration.ofNanos(random.nextLong(-1_000_000_000L, 1_000_000_000L) * 1000);
            case ArrayType t -> list(t.element(), t.elementNullable());
            case MapType t -> map(t);
            case RowType t -> row(t);
        };
    }

    private long integer(int bits) {
        long max = -1L >>> (65 - bits);
        return switch (random.nextInt(8)) {
            case 0 -> max;
            case 1 -> -max - 1;
            case 2 -> 0;
            case 3, 4 -> random.nextInt(-10, 10);
            default -> random.nextLong() >> (64 - bits);
        };
    }

    private double floating() {
        return switch (random.nextInt(4)) {
            case 0 -> NUMBERS[random.nextInt(NUMBERS.length)];
            case 1 -> Double.longBitsToDouble(random.nextLong());
            case 2 -> random.nextInt(-1_000_000, 1_000_000) / 100.0;
            default -> random.nextGaussian() * 1e6;
        };
    }

    private BigDecimal decimal(DecimalType type) {
        BigInteger bound = BigInteger.TEN.pow(type.precision());
        byte[] bits = new byte[17];
        random.nextBytes(bits);
        BigInteger unscaled = switch (random.nextInt(6)) {
            case 0 -> bound.subtract(BigInteger.ONE);
            case 1 -> bound.subtract(BigInteger.ONE).negate();
            case 2 -> BigInteger.valueOf(random.nextInt(-9, 10));
            default -> new BigInteger(bits).remainder(bound);
        };
        return new BigDecimal(unscaled, type.scale());
    }

    private String text(CharacterType type) {
        String word = WORDS[random.nextInt(WORDS.length)];
        String text = random.nextInt(4) == 0 ? word + random.nextInt(1_000_000) : word;
        int length = text.codePointCount(0, text.length());
        if (length > type.length()) {
            text = text.substring(0, text.offsetByCodePoints(0, type.length()));
        }
        return type.fixed() && type.length() > length ? text + " ".repeat(type.length() - length) : text;
    }

    private byte[] bytes(int lengthMax, boolean fixed) {
        byte[] bytes = new byte[fixed ? lengthMax : random.nextInt(lengthMax + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    private long micros() {
        return random.nextInt(8) == 0 ? 0 : random.nextLong(-2_000_000_000_000_000L, 4_000_000_000_000_000L);
    }

    /** Returns microseconds without the digits of the fraction that a type of this precision does not have. */
    private static long cut(long micros, int precision) {
        long unit = 1;
        for (int i = precision; i < 6; i++) {
            unit *= 10;
        }
        return micros - Math.floorMod(micros, unit);
    }

    private List<@Nullable Object> list(DataType element, boolean nullable) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            values.add(value(element, nullable));
        }
        return values;
    }

    private Map<Object, @Nullable Object> map(MapType type) {
        Map<Object, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            values.put(value(type.key()), value(type.value(), type.valueNullable()));
        }
        return values;
    }
}
