package io.millrace.jdbc.embedded;

import io.millrace.jdbc.wire.Link;
import io.millrace.jdbc.wire.LinkFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A connection's share of the engine of a directory: one engine per directory and process, closed with its last
 * connection. Safe for use by several threads.
 */
public final class EmbeddedLinks implements LinkFactory {

    private static final Map<Path, Shared> ENGINES = new HashMap<>();

    private final Path directory;
    private final EmbeddedEngine engine;
    private final AtomicBoolean released = new AtomicBoolean();

    private EmbeddedLinks(Path directory, EmbeddedEngine engine) {
        this.directory = directory;
        this.engine = engine;
    }

    /** An engine and how many connections use it. */
    private static final class Shared {
        private final EmbeddedEngine engine;
        private int users;

        Shared(EmbeddedEngine engine) {
            this.engine = engine;
        }
    }

    /** Opens the engine of a directory, or joins those that use it. */
    public static EmbeddedLinks acquire(Path directory) throws SQLException {
        synchronized (ENGINES) {
            Shared shared = ENGINES.get(directory);
            if (shared == null) {
                shared = new Shared(provider().open(directory));
                ENGINES.put(directory, shared);
            }
            shared.users++;
            return new EmbeddedLinks(directory, shared.engine);
        }
    }

    private static EmbeddedEngines provider() throws SQLException {
        try {
            Iterator<EmbeddedEngines> found =
                    ServiceLoader.load(EmbeddedEngines.class).iterator();
            if (!found.hasNext()) {
                // The context class loader of an application server may not see what is beside the driver.
                found = ServiceLoader.load(EmbeddedEngines.class, EmbeddedEngines.class.getClassLoader())
                        .iterator();
            }
            if (found.hasNext()) {
                return found.next();
            }
        } catch (ServiceConfigurationError e) {
            throw new SQLNonTransientConnectionException(
                    "the engine on the class path cannot be used: " + e.getMessage(), "08001", e);
        }
        throw new SQLNonTransientConnectionException(
                "there is no engine on the class path for an embedded URL: add millrace-server", "08001");
    }

    @Override
    public Link open(int timeoutMillis) throws IOException {
        return engine.connect();
    }

    /** Gives the share back; the last one closes the engine. */
    public void release() {
        if (!released.compareAndSet(false, true)) {
            return;
        }
        synchronized (ENGINES) {
            Shared shared = ENGINES.get(directory);
            if (shared != null && --shared.users == 0) {
                ENGINES.remove(directory);
                shared.engine.close();
            }
        }
    }
}
