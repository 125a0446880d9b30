package io.millrace.runtime.expression;

import io.millrace.spi.row.JavaValues;
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
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Values out of small domains, so that they meet, with the extremes of their types. */
final class RandomValues {

    static final String[] TEXTS = {
        "",
        "a",
        "b",
        "ab",
        "abc",
        "aabb",
        "A",
        "aB c",
        " x ",
        "é",
        "é😀a",
        "a,b,c",
        ",",
        "%",
        "a%",
        "_b%",
        "%b%",
        "!",
        "[a-c]+",
        "(a)(b)",
        "$1",
        "1",
        "-7",
        "2.5",
        "1e3",
        "128",
        "99999999999999999999",
        "true",
        "no",
        "NaN",
        "2026-01-31",
        "2026-02-30",
        "2026-01-31 13:45:01.5",
        "13:45",
        "1-2",
        "3 04:05:06.7",
        "\\x0aff",
        "yyyy-MM-dd",
        "Europe/Berlin",
        "HH:mm",
        "$.a",
        "$.a[1]",
        "$.b.c",
        "{\"a\": [1, \"x\", null], \"b\": {\"c\": true}}",
        "{\"a\":"
    };

    private final Random random;

    RandomValues(Random random) {
        this.random = random;
    }

    @Nullable
    Object nullable(DataType type, int nullPercent) {
        return random.nextInt(100) < nullPercent ? null : value(type);
    }

    Object value(DataType type) {
        boolean extreme = random.nextInt(8) == 0;
        return switch (type) {
            case BooleanType t -> random.nextBoolean();
            case IntegerType t -> integer(t, extreme);
            case FloatingType t when t.bits() == 64 -> floating(extreme);
            case FloatingType t -> real(extreme);
            case DecimalType t -> decimal(t, extreme);
            case CharacterType t -> TEXTS[random.nextInt(TEXTS.length)];
            case BinaryType t -> new byte[][] {{}, {0}, {-1}, {1, 2}, {'a'}}[random.nextInt(5)];
            case DateType t -> LocalDate.ofEpochDay(extreme ? end(Integer.MIN_VALUE, Integer.MAX_VALUE) : days());
            case TimeType t ->
                LocalTime.ofNanoOfDay(
                        1000L * (extreme ? end(0, 86_399_999_999L) : 1_000_000L * random.nextInt(86_400)));
            case TimestampType t -> time(t, extreme);
            case IntervalType t
            when t.months() ->
                Period.ofMonths((int) (extreme ? end(Integer.MIN_VALUE, Integer.MAX_VALUE) : random.nextInt(-15, 30)));
            case IntervalType t ->
                Duration.of(
                        extreme ? end(Long.MIN_VALUE, Long.MAX_VALUE) : random.nextInt(-40, 60) * 1_800_250_000L,
                        ChronoUnit.MICROS);
            case ArrayType t -> list(t);
            case MapType t -> map(t);
            case RowType t -> row(t);
        };
    }

    private long end(long least, long greatest) {
        return random.nextBoolean() ? least : greatest;
    }

    /** Days around leap days, ends of years and the epoch, and some anywhere. */
    private long days() {
        return switch (random.nextInt(4)) {
            case 0 -> LocalDate.of(2024, 2, 27).toEpochDay() + random.nextInt(4);
            case 1 -> LocalDate.of(1999 + random.nextInt(3), 12, 29).toEpochDay() + random.nextInt(6);
            case 2 -> random.nextInt(-3, 3);
            default -> random.nextInt(-1_000_000, 1_000_000);
        };
    }

    private Object integer(IntegerType type, boolean extreme) {
        long least = type.bits() == 64 ? Long.MIN_VALUE : -1L << (type.bits() - 1);
        long value = extreme ? end(least, ~least) : random.nextInt(-5, 12);
        return type.bits() == 64 ? (Object) value : (Object) (int) value;
    }

    private Object floating(boolean extreme) {
        double[] ends = {Double.NaN, Double.POSITIVE_INFINITY, -Double.MAX_VALUE, Double.MIN_VALUE, -0.0, 1e19, 0.1};
        return extreme ? ends[random.nextInt(ends.length)] : random.nextInt(-8, 20) / 4.0;
    }

    private Object real(boolean extreme) {
        float[] ends = {Float.NaN, Float.NEGATIVE_INFINITY, Float.MAX_VALUE, -0f, 0.1f, 1e10f};
        return extreme ? ends[random.nextInt(ends.length)] : random.nextInt(-8, 20) / 4f;
    }

    private Object decimal(DecimalType type, boolean extreme) {
        BigInteger most = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
        BigInteger unscaled = extreme
                ? (random.nextBoolean() ? most : most.negate())
                : BigInteger.valueOf(random.nextInt(-300, 900)).min(most).max(most.negate());
        return new BigDecimal(unscaled, type.scale());
    }

    private Object time(TimestampType type, boolean extreme) {
        long micros = extreme
                ? end(Long.MIN_VALUE, Long.MAX_VALUE)
                : days() * 86_400_000_000L + random.nextInt(4) * 21_600_000_000L + random.nextInt(3) * 500_001L;
        return type.zoned()
                ? JavaValues.instant(micros)
                : LocalDateTime.ofInstant(JavaValues.instant(micros), ZoneOffset.UTC);
    }

    private List<@Nullable Object> list(ArrayType type) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(nullable(type.element(), type.elementNullable() ? 20 : 0));
        }
        return list;
    }

    private Map<Object, @Nullable Object> map(MapType type) {
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            map.put(value(type.key()), nullable(type.value(), 20));
        }
        return map;
    }

    private List<@Nullable Object> row(RowType type) {
        List<@Nullable Object> fields = new ArrayList<>();
        type.fields().forEach(field -> fields.add(nullable(field.type(), 20)));
        return fields;
    }
}
