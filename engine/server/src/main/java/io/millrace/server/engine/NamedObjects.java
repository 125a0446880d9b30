package io.millrace.server.engine;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Things by name: found by the exact name first, else by a name that differs in case only where just one does.
 * Safe for use by several threads.
 */
final class NamedObjects<T> {

    private final ConcurrentSkipListMap<String, T> byName = new ConcurrentSkipListMap<>();

    @Nullable
    T find(String name) {
        String exact = nameOf(name);
        return exact == null ? null : byName.get(exact);
    }

    /** Returns the exact name that this one stands for, or null where there is none. */
    @Nullable
    String nameOf(String name) {
        if (byName.containsKey(name)) {
            return name;
        }
        List<String> alike =
                byName.keySet().stream().filter(name::equalsIgnoreCase).toList();
        return alike.size() == 1 ? alike.getFirst() : null;
    }

    @Nullable
    T exact(String name) {
        return byName.get(name);
    }

    void put(String name, T value) {
        byName.put(name, value);
    }

    void remove(String name) {
        byName.remove(name);
    }

    Collection<T> values() {
        return byName.values();
    }

    Collection<String> names() {
        return byName.keySet();
    }
}
