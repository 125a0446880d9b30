package io.millrace.server.engine;

import io.millrace.sql.statement.Statement.ObjectKind;
import java.time.Instant;

/**
 * A created object as it is kept on disk: the statement that made it, and what has become of it since.
 *
 * @param sql the statement, planned anew at each start
 * @param created when it was created
 * @param running whether it runs; pumps only
 */
record CatalogEntry(ObjectKind kind, String name, String sql, Instant created, boolean running) {

    CatalogEntry running(boolean now) {
        return new CatalogEntry(kind, name, sql, created, now);
    }
}
