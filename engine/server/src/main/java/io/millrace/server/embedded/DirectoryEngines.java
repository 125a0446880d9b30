package io.millrace.server.embedded;

import io.millrace.jdbc.embedded.EmbeddedEngine;
import io.millrace.jdbc.embedded.EmbeddedEngines;
import io.millrace.jdbc.wire.Link;
import io.millrace.server.engine.Engine;
import io.millrace.server.postgres.PostgresGateway;
import io.millrace.server.postgres.PostgresSettings;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;

/** Opens engines for the JDBC driver, which finds this class as a service. */
public final class DirectoryEngines implements EmbeddedEngines {

    private static final String CANNOT_CONNECT = "08001";

    @Override
    public EmbeddedEngine open(Path directory) throws SQLException {
        try {
            return new PipedEngine(Engine.open(directory));
        } catch (MillraceException e) {
            throw new SQLNonTransientConnectionException(e.describe(), CANNOT_CONNECT, e);
        }
    }

    /** An engine whose clients are in this process. */
    private static final class PipedEngine implements EmbeddedEngine {

        private final Engine engine;
        private final PostgresGateway gateway;

        PipedEngine(Engine engine) {
            this.engine = engine;
            this.gateway = new PostgresGateway(engine, PostgresSettings.defaults());
        }

        @Override
        public Link connect() throws IOException {
            PipeEnd.Pair pair = PipeEnd.pair();
            gateway.serve(pair.engine());
            return pair.driver();
        }

        @Override
        public void close() {
            gateway.close();
            engine.close();
        }
    }
}
