package io.millrace.connector.jdbc;

import java.util.UUID;

/** Tables of H2, read. */
class H2ReadTest extends ReadContract {

    private final String name = UUID.randomUUID().toString();

    @Override
    String url() {
        return "jdbc:h2:mem:" + name + ";DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1";
    }
}
