package io.millrace.jdbc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Where to connect, and as whom. */
final class ConnectionUrl {

    static final String PREFIX = "jdbc:millrace:";
    private static final String EMBEDDED = PREFIX + "embedded:";
    static final int PORT = 5433;

    private final String url;
    private final Properties properties = new Properties();
    private @Nullable Path directory;
    private String host = "localhost";
    private int port = PORT;
    private String database = "millrace";

    private ConnectionUrl(String url) {
        this.url = url;
    }

    static boolean accepts(@Nullable String url) {
        return url != null && url.startsWith(PREFIX);
    }

    /** Reads a URL; what it says goes before the properties given. */
    static ConnectionUrl parse(String url, @Nullable Properties given) throws SQLException {
        ConnectionUrl parsed = new ConnectionUrl(url);
        if (given != null) {
            for (String name : given.stringPropertyNames()) {
                parsed.properties.setProperty(name, given.getProperty(name));
            }
        }
        if (url.startsWith(EMBEDDED)) {
            parsed.readDirectory(parsed.readProperties(url.substring(EMBEDDED.length())));
        } else if (url.startsWith(PREFIX + "//")) {
            parsed.readServer(parsed.readProperties(url.substring(PREFIX.length() + 2)));
        } else {
            throw wrong(url, "write jdbc:millrace://HOST:PORT/DATABASE or jdbc:millrace:embedded:DIRECTORY");
        }
        return parsed;
    }

    private String readProperties(String rest) throws SQLException {
        int mark = rest.indexOf('?');
        if (mark < 0) {
            return rest;
        }
        for (String pair : rest.substring(mark + 1).split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                properties.setProperty(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return rest.substring(0, mark);
    }

    private void readDirectory(String path) throws SQLException {
        if (path.isEmpty()) {
            throw wrong(url, "name a directory behind 'embedded:'");
        }
        try {
            directory = Paths.get(path).toAbsolutePath().normalize();
        } catch (java.nio.file.InvalidPathException e) {
            throw wrong(url, e.getMessage());
        }
    }

    private void readServer(String rest) throws SQLException {
        int slash = rest.indexOf('/');
        String address = slash < 0 ? rest : rest.substring(0, slash);
        if (slash >= 0 && slash + 1 < rest.length()) {
            database = decode(rest.substring(slash + 1));
        }
        int colon = address.lastIndexOf(':');
        if (colon > address.lastIndexOf(']')) {
            port = port(address.substring(colon + 1));
            address = address.substring(0, colon);
        }
        if (address.startsWith("[") && address.endsWith("]")) {
            address = address.substring(1, address.length() - 1);
        }
        if (!address.isEmpty()) {
            host = address;
        }
    }

    private int port(String text) throws SQLException {
        try {
            int value = Integer.parseInt(text);
            if (value > 0 && value < 1 << 16) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw wrong(url, "'" + text + "' is no port");
    }

    private String decode(String text) throws SQLException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw wrong(url, e.getMessage());
        }
    }

    private static SQLException wrong(String url, @Nullable String why) {
        return new java.sql.SQLNonTransientConnectionException("malformed URL " + url + ": " + why, "08001");
    }

    String url() {
        return url;
    }

    /** Returns the directory of the embedded engine, or null where a server is meant. */
    @Nullable
    Path directory() {
        return directory;
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    String database() {
        return database;
    }

    String text(DriverProperty property) {
        return properties.getProperty(property.key, property.otherwise);
    }

    boolean truth(DriverProperty property) throws SQLException {
        String text = text(property);
        switch (text.trim().toLowerCase(java.util.Locale.ROOT)) {
            case "true":
                return true;
            case "false":
                return false;
            default:
                throw wrong(url, "property " + property.key + " is '" + text + "', not true or false");
        }
    }

    /** Returns a property that is a duration in seconds, or in milliseconds, as its name says. */
    int number(DriverProperty property) throws SQLException {
        String text = text(property);
        try {
            int value = Integer.parseInt(text.trim());
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw wrong(url, "property " + property.key + " is '" + text + "', not a whole number from 0");
    }
}
