package io.millrace.server.engine;

import io.millrace.sql.statement.Statement.ObjectKind;
import java.time.Instant;

/**
 * A created object as it is kept on disk: the statement that made it, and what has become of it since.
 *
 * @param sql the statement, planned anew at each start
 * @param created when it was created
 * @param running whether it runs; pumps only
 * @param change what was being done to it when this was written
 */
record CatalogEntry(ObjectKind kind, String name, String sql, Instant created, boolean running, Change change) {

    /**
     * A change of something that lies in several places. It is written down before anything is touched, so that
     * whoever finds it after a crash knows what is half made.
     */
    enum Change {
        NONE,
        /** Taken back where it is found. */
        CREATING,
        /** Carried out again where it is found: the entry says what it is to be. */
        ALTERING,
        /** Carried to its end where it is found. */
        DROPPING
    }

    CatalogEntry running(boolean now) {
        return new CatalogEntry(kind, name, sql, created, now, change);
    }

    CatalogEntry sql(String now) {
        return new CatalogEntry(kind, name, now, created, running, change);
    }

    CatalogEntry change(Change now) {
        return new CatalogEntry(kind, name, sql, created, running, now);
    }

    /** Returns whether it is there for those who use the engine. */
    boolean exists() {
        return change == Change.NONE || change == Change.ALTERING;
    }
}
