package io.millrace.sql.system.relation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's functions that read and write the values of a type, as text and in binary. Nobody calls them; clients
 * look at them, to tell arrays from other types.
 */
final class TypeFunctions {

    /** What a type's functions do, in the order in which the file has their numbers. */
    enum Purpose {
        INPUT(1, "in"),
        OUTPUT(2, "out"),
        RECEIVE(3, "recv"),
        SEND(4, "send");

        private final int place;
        private final String suffix;

        Purpose(int place, String suffix) {
            this.place = place;
            this.suffix = suffix;
        }
    }

    private static final Map<String, ObjectName> BY_NAME = new HashMap<>();
    private static final List<ObjectName> ALL = new ArrayList<>();
    private static final ObjectName NONE = new ObjectName(0, "-");

    static {
        for (String line : Resource.lines("type_functions.txt")) {
            String[] words = line.split(" ", -1);
            for (Purpose purpose : Purpose.values()) {
                register(words[0], purpose, Long.parseLong(words[purpose.place]));
            }
        }
    }

    private TypeFunctions() {}

    private static void register(String stem, Purpose purpose, long oid) {
        if (oid != 0) {
            String separator = PostgresTypes.named(stem.equals("array") ? "_text" : stem)
                            .input()
                            .endsWith("_in")
                    ? "_"
                    : "";
            ObjectName name = new ObjectName(oid, stem + separator + purpose.suffix);
            BY_NAME.put(name.name(), name);
            ALL.add(name);
        }
    }

    static List<ObjectName> all() {
        return ALL;
    }

    /** Returns a type's function, {@code -} where it has none for this. */
    static ObjectName of(PostgresType type, Purpose purpose) {
        String input = type.input();
        String stem = input.substring(0, input.length() - "in".length());
        return BY_NAME.getOrDefault(stem + purpose.suffix, NONE);
    }

    /** Returns a function's row of {@code pg_proc}. */
    static @Nullable Object[] row(Relation relation, ObjectName name) {
        return relation.row(
                "oid",
                name.oid(),
                "proname",
                name.name(),
                "pronamespace",
                Namespaces.PG_CATALOG_OID,
                "proowner",
                Namespaces.OWNER_OID,
                "prolang",
                UserFunction.INTERNAL_LANGUAGE,
                "procost",
                1f,
                "prokind",
                "f",
                "proisstrict",
                true,
                "provolatile",
                "s",
                "proparallel",
                "s",
                "prosrc",
                name.name());
    }
}
