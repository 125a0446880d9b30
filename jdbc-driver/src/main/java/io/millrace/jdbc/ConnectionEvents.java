package io.millrace.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Takes what becomes of a connection and its statements. Called from any thread. */
interface ConnectionEvents {

    /** For a connection that belongs to nobody but its user. */
    ConnectionEvents NONE = new ConnectionEvents() {
        @Override
        public void lost(SQLException failure) {
            // Its user finds out.
        }

        @Override
        public void closed(PreparedStatement statement) {
            // Nobody keeps it.
        }
    };

    /** The connection is of no use any more. */
    void lost(SQLException failure);

    /** A prepared statement was closed. */
    void closed(PreparedStatement statement);
}
