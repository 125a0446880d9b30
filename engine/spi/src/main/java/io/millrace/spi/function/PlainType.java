package io.millrace.spi.function;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.IntervalType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A type whose objects are those of JavaValues. */
record PlainType(DataType type, Class<?> javaClass) implements JavaType {

    private static final Map<Class<?>, DataType> TYPES = Map.ofEntries(
            Map.entry(boolean.class, DataType.BOOLEAN),
            Map.entry(Boolean.class, DataType.BOOLEAN),
            Map.entry(int.class, DataType.INTEGER),
            Map.entry(Integer.class, DataType.INTEGER),
            Map.entry(long.class, DataType.BIGINT),
            Map.entry(Long.class, DataType.BIGINT),
            Map.entry(float.class, DataType.REAL),
            Map.entry(Float.class, DataType.REAL),
            Map.entry(double.class, DataType.DOUBLE),
            Map.entry(Double.class, DataType.DOUBLE),
            Map.entry(String.class, DataType.VARCHAR),
            Map.entry(byte[].class, DataType.VARBINARY),
            Map.entry(LocalDate.class, DataType.DATE),
            Map.entry(LocalTime.class, DataType.TIME),
            Map.entry(LocalDateTime.class, DataType.TIMESTAMP),
            Map.entry(Instant.class, DataType.TIMESTAMP_WITH_TIME_ZONE),
            Map.entry(Duration.class, new IntervalType(false)),
            Map.entry(Period.class, new IntervalType(true)));

    /** Returns the type of a class, or null where it is not one of these. */
    static @Nullable PlainType of(Class<?> javaClass) {
        DataType type = TYPES.get(javaClass);
        return type == null ? null : new PlainType(type, javaClass);
    }
}
