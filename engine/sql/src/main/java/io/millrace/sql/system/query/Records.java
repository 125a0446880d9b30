package io.millrace.sql.system.query;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values that have fields. */
final class Records {

    private Records() {}

    static Map<String, @Nullable Object> of(List<String> names, @Nullable Object[] values) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            fields.put(names.get(i), values[i]);
        }
        return fields;
    }
}
