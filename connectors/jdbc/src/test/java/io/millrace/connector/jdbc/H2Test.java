package io.millrace.connector.jdbc;

import java.util.UUID;

/** Tables of H2. */
class H2Test extends TableContract {

    private final String name = UUID.randomUUID().toString();

    @Override
    protected String url() {
        return "jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1";
    }
}
