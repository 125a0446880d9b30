package io.millrace.spi.function;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ARRAY. */
record ListValue(JavaType element) implements JavaType {

    @Override
    public DataType type() {
        return new ArrayType(element.type(), true);
    }

    @Override
    public Class<?> javaClass() {
        return List.class;
    }

    @Override
    public boolean plain() {
        return element.plain();
    }

    @Override
    public @Nullable Object toJava(@Nullable Object value) {
        if (value == null || plain()) {
            return value;
        }
        List<@Nullable Object> result = new ArrayList<>();
        ((List<?>) value).forEach(item -> result.add(element.toJava(item)));
        return result;
    }

    @Override
    public @Nullable Object fromJava(@Nullable Object value) {
        if (value == null || plain()) {
            return value;
        }
        List<@Nullable Object> result = new ArrayList<>();
        ((List<?>) value).forEach(item -> result.add(element.fromJava(item)));
        return result;
    }
}
