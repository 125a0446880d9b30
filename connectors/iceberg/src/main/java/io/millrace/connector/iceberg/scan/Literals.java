package io.millrace.connector.iceberg.scan;

import io.millrace.spi.row.JavaValues;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Constants of a filter as Iceberg's expressions have them. */
final class Literals {

    private Literals() {}

    /** Returns a constant that a field of a type is compared with, or null where the type has no such value. */
    static @Nullable Object of(Type type, Object constant) {
        return switch (type.typeId()) {
            case BOOLEAN -> constant instanceof Boolean ? constant : null;
            case INTEGER, LONG -> whole(constant);
            case DECIMAL -> decimal(((Types.DecimalType) type).scale(), constant);
            case STRING -> constant instanceof String ? constant : null;
            case DATE -> constant instanceof LocalDate date ? Math.toIntExact(date.toEpochDay()) : null;
            case TIME -> constant instanceof LocalTime time ? time.toNanoOfDay() / 1000 : null;
            case TIMESTAMP -> timestamp(((Types.TimestampType) type).shouldAdjustToUTC(), constant);
            default -> null;
        };
    }

    private static @Nullable Object whole(Object constant) {
        BigDecimal number = number(constant);
        try {
            return number == null ? null : number.longValueExact();
        } catch (ArithmeticException e) {
            return null;
        }
    }

    private static @Nullable Object decimal(int scale, Object constant) {
        BigDecimal number = number(constant);
        try {
            return number == null ? null : number.setScale(scale, RoundingMode.UNNECESSARY);
        } catch (ArithmeticException e) {
            return null;
        }
    }

    private static @Nullable BigDecimal number(Object constant) {
        return switch (constant) {
            case BigDecimal number -> number;
            case Integer number -> BigDecimal.valueOf(number);
            case Long number -> BigDecimal.valueOf(number);
            default -> null;
        };
    }

    private static @Nullable Object timestamp(boolean zoned, Object constant) {
        return switch (constant) {
            case Instant instant when zoned -> JavaValues.micros(instant);
            case LocalDateTime time when !zoned -> JavaValues.micros(time.toInstant(ZoneOffset.UTC));
            default -> null;
        };
    }
}
