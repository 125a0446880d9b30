package io.millrace.server.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.logging.LogManager;

/** Sets up logging for the whole process, unless its user has set it up otherwise. */
final class Logging {

    private Logging() {}

    static void configure() {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        try (InputStream properties = Logging.class.getResourceAsStream("/io/millrace/server/logging.properties")) {
            LogManager.getLogManager().readConfiguration(properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
