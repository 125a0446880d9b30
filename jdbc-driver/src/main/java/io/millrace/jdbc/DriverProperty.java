package io.millrace.jdbc;

import java.sql.DriverPropertyInfo;
import java.util.List;

/** The properties a connection takes, in its URL or beside it. */
enum DriverProperty {
    USER("user", "millrace", "Name of the user"),
    PASSWORD("password", "", "Password of the user, where the server wants one"),
    APPLICATION_NAME("applicationName", "Millrace JDBC", "Name of the program, for the server's list of sessions"),
    CONNECT_TIMEOUT("connectTimeoutMillis", "10000", "How long connecting may take, in milliseconds; 0 for ever"),
    NETWORK_TIMEOUT(
            "networkTimeoutMillis",
            "0",
            "How long the server may be silent, signs of life included, in milliseconds; 0 for ever"),
    IDLE_TIMEOUT(
            "idleTimeoutMillis",
            "0",
            "How long ResultSet.next() waits for a row before it throws SQLTimeoutException, in milliseconds; the"
                    + " result goes on; 0 for ever"),
    BINARY(
            "binary",
            "true",
            "Whether numbers, dates and times come in binary, which is faster, or as text; values are the same",
            "true",
            "false"),
    RESUME(
            "resume",
            "false",
            "Whether answers to SELECT STREAM go on after the connection was lost, without a row missing or coming"
                    + " twice; for queries that keep nothing from row to row",
            "true",
            "false"),
    RESUME_TIMEOUT(
            "resumeTimeoutMillis",
            "60000",
            "How long to try to reach the server again before ResultSet.next() fails, in milliseconds; 0 for ever");

    final String key;
    final String otherwise;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed.
    private final List<String> choices;

    DriverProperty(String key, String otherwise, String description, String... choices) {
        this.key = key;
        this.otherwise = otherwise;
        this.description = description;
        this.choices = List.of(choices);
    }

    DriverPropertyInfo info(String value) {
        DriverPropertyInfo info = new DriverPropertyInfo(key, value);
        info.description = description;
        info.required = false;
        info.choices = choices.isEmpty() ? null : choices.toArray(new String[0]);
        return info;
    }
}
