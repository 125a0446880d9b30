package io.millrace.spi.function;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.MapType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** MAP. */
record MapValue(JavaType key, JavaType value) implements JavaType {

    @Override
    public DataType type() {
        return new MapType(key.type(), value.type(), true);
    }

    @Override
    public Class<?> javaClass() {
        return Map.class;
    }

    @Override
    public boolean plain() {
        return key.plain() && value.plain();
    }

    @Override
    public @Nullable Object toJava(@Nullable Object map) {
        if (map == null || plain()) {
            return map;
        }
        Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
        ((Map<?, ?>) map).forEach((k, v) -> result.put(key.toJava(k), value.toJava(v)));
        return result;
    }

    @Override
    public @Nullable Object fromJava(@Nullable Object map) {
        if (map == null || plain()) {
            return map;
        }
        Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
        ((Map<?, ?>) map).forEach((k, v) -> result.put(key.fromJava(k), value.fromJava(v)));
        return result;
    }
}
