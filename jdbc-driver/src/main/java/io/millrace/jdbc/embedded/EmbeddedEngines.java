package io.millrace.jdbc.embedded;

import java.nio.file.Path;
import java.sql.SQLException;

/** Opens engines in this process. A service, with a public constructor that takes nothing. */
public interface EmbeddedEngines {

    /** Opens the engine of a directory. The driver does so once per directory, until that one is closed. */
    EmbeddedEngine open(Path directory) throws SQLException;
}
