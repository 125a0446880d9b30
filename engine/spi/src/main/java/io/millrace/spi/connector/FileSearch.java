package io.millrace.spi.connector;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.function.Predicate;

/**
 * Which files of a store are looked for.
 *
 * @param prefix what all their names begin with
 * @param depth how many parts their names have at most, with slashes between them
 * @param wanted which of those names are meant
 * @param filesMax most files that may be found
 */
public record FileSearch(String prefix, int depth, Predicate<String> wanted, int filesMax) {

    /** Returns whether a file is looked for. */
    public boolean matches(String name) {
        return name.startsWith(prefix) && wanted.test(name);
    }

    /**
     * Fails where more files are found than may be.
     *
     * @throws MillraceException {@code LIMIT_EXCEEDED}
     */
    public void check(int found) {
        if (found > filesMax) {
            throw new MillraceException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "there are more than " + filesMax + " files",
                    "name fewer of them by a narrower pattern, or put them together");
        }
    }
}
