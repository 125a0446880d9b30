package io.millrace.format.json;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which column a key belongs to: the one of exactly its name, else the first that differs in case only. */
final class ColumnNames {

    private final Set<String> exact = new HashSet<>();
    private final Set<String> folded = new HashSet<>();
    private final Map<String, Slot> exactSlots = new HashMap<>();
    private final Map<String, Slot> foldedSlots = new HashMap<>();

    /** Adds a column, in order of declaration; the slot is null where the column is not needed. */
    void add(String name, @Nullable Slot slot) {
        exact.add(name);
        boolean first = folded.add(fold(name));
        if (slot != null) {
            exactSlots.put(name, slot);
            if (first) {
                foldedSlots.put(fold(name), slot);
            }
        }
    }

    @Nullable
    Slot slot(String key) {
        return isExact(key) ? exactSlots.get(key) : foldedSlots.get(fold(key));
    }

    boolean isExact(String key) {
        return exact.contains(key);
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
