package io.millrace.server.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The program's version, as the build wrote it into the jar. */
public final class ProgramVersion implements IVersionProvider {

    /** Returns the version, such as {@code 0.1.0}. */
    public static String text() {
        try (InputStream in = ProgramVersion.class.getResourceAsStream("/io/millrace/server/version.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "millrace " + text() + " (Java " + Runtime.version().feature() + ")",
        };
    }
}
