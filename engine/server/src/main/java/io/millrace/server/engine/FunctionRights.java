package io.millrace.server.engine;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may create functions in Java. Such a function runs in the server with all that the server may do, so this is the
 * right to run programs on its machine. Functions in SQL are for everyone.
 *
 * @param everyone whether all may
 * @param users who may, where not all may
 */
public record FunctionRights(boolean everyone, Set<String> users) {

    /** For those who run the engine in their own process. */
    public static final FunctionRights EVERYONE = new FunctionRights(true, Set.of());

    private static final String ALL = "all";
    private static final String NONE = "none";

    public FunctionRights {
        users = Set.copyOf(users);
    }

    /** Reads {@code all}, {@code none}, or names of users with commas. */
    public static FunctionRights of(String text) {
        if (text.equals(ALL)) {
            return EVERYONE;
        }
        Set<String> users = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty() && !text.equals(NONE))
                .collect(Collectors.toSet());
        return new FunctionRights(false, users);
    }

    /** @throws MillraceException {@code ACCESS_DENIED} where this user may not */
    void require(String user) {
        if (!everyone && !users.contains(user)) {
            throw new MillraceException(
                    ErrorCode.ACCESS_DENIED,
                    "user '" + user + "' may not create functions in Java, which run with all the server's rights",
                    "whoever runs the server allows it with java-functions; a function in SQL needs no right");
        }
    }

    /**
     * Whoever may run programs as the server may read its files, and nobody else.
     *
     * @throws MillraceException {@code ACCESS_DENIED} where this user may not
     */
    void requireFiles(String user) {
        if (!everyone && !users.contains(user)) {
            throw new MillraceException(
                    ErrorCode.ACCESS_DENIED,
                    "user '" + user + "' may not read files with the server's rights",
                    "whoever runs the server allows it with java-functions; COPY … FROM STDIN, or \\copy of psql,"
                            + " needs no right");
        }
    }
}
