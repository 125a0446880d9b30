package io.millrace.connector.file;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names of visible files, and how they are written in the staging directory: flat, with {@code %} and {@code /}
 * escaped, and an ending that tells whether the file is whole.
 */
final class StagedName {

    /** Hidden: globs, and readers of lakes, pass over names that begin with a dot. */
    static final String DIRECTORY = ".staged";

    /** Most bytes a name may have; file systems allow 255 in one part, escapes and ending included. */
    static final int LENGTH_MAX = 200;

    private static final String OPEN = ".open";
    private static final String SEALED = ".sealed";

    private StagedName() {}

    /** Refuses names that {@link #checkPlace} does, and those that are too long to be staged. */
    static void check(String name) {
        checkPlace(name);
        if (escaped(name).getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LENGTH_MAX) {
            throw refused(name, "it is longer than " + LENGTH_MAX + " bytes");
        }
    }

    /** Refuses names that would lead out of the directory or into the staging directory. */
    static void checkPlace(String name) {
        for (String part : List.of(name.split("/", -1))) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw refused(name, "it has an empty part, '.' or '..'");
            }
            if (part.indexOf('\\') >= 0 || part.chars().anyMatch(c -> c < ' ')) {
                throw refused(name, "it has a backslash or a control character");
            }
        }
        if (name.equals(DIRECTORY) || name.startsWith(DIRECTORY + "/")) {
            throw refused(name, "'" + DIRECTORY + "' is the store's own");
        }
    }

    private static MillraceException refused(String name, String reason) {
        return new MillraceException(
                ErrorCode.INVALID_ARGUMENT, "file name '" + name + "' cannot be used: " + reason, "choose another");
    }

    static String open(String name) {
        return escaped(name) + OPEN;
    }

    static String sealed(String name) {
        return escaped(name) + SEALED;
    }

    /** Returns the visible name of a staged file, or null for what is none. */
    static @Nullable String visible(String staged) {
        String escaped = staged.endsWith(OPEN)
                ? staged.substring(0, staged.length() - OPEN.length())
                : staged.endsWith(SEALED) ? staged.substring(0, staged.length() - SEALED.length()) : null;
        return escaped == null ? null : escaped.replace("%2F", "/").replace("%25", "%");
    }

    private static String escaped(String name) {
        return name.replace("%", "%25").replace("/", "%2F");
    }
}
