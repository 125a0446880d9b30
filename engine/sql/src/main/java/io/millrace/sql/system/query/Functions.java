package io.millrace.sql.system.query;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All functions of one row's values, by name. */
final class Functions {

    private static final Map<String, Function> ALL = new HashMap<>();

    static {
        Function.Registry registry = new Function.Registry(ALL);
        SessionFunctions.register(registry);
        CatalogFunctions.register(registry);
        TextFunctions.register(registry);
        ArrayFunctions.register(registry);
        FormatFunctions.register(registry);
        JsonFunctions.register(registry);
        TimeFunctions.register(registry);
    }

    private Functions() {}

    /** Returns the function of this name in lower case, or null. */
    static @Nullable Function find(String name) {
        return ALL.get(name);
    }
}
