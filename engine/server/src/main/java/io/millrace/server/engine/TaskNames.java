package io.millrace.server.engine;

import io.millrace.sql.statement.Statement.ObjectKind;
import java.util.Locale;

/** The names of what runs by itself, by which retention knows its readers and a log its writers. */
final class TaskNames {

    private TaskNames() {}

    static String of(ObjectKind kind, String name) {
        return kind.name().toLowerCase(Locale.ROOT) + " " + name;
    }

    /** Returns the name of the task that runs the query of a delivery. */
    static String queryOf(String delivery) {
        return "query of " + of(ObjectKind.DELIVERY, delivery);
    }

    /** Returns the name of the task that keeps a delivery's table in order. */
    static String upkeepOf(String delivery) {
        return "upkeep of " + of(ObjectKind.DELIVERY, delivery);
    }

    /** Returns the writer that an entry is: what is dropped and made anew starts its steps anew, and is another one. */
    static String producer(CatalogEntry entry) {
        return entry.name() + "@" + entry.created().toEpochMilli();
    }
}
