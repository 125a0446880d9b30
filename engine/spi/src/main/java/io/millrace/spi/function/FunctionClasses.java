package io.millrace.spi.function;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;

/** Where the classes of users' functions are found. Safe for use by several threads. */
@FunctionalInterface
public interface FunctionClasses {

    /** Has none. */
    FunctionClasses NONE = (jar, className) -> {
        throw new MillraceException(ErrorCode.UNDEFINED_FUNCTION, "there are no functions in Java here");
    };

    /**
     * Loads a class. The same names give the same class for as long as the jar is in use.
     *
     * @param jar SHA-256 of the jar, in hexadecimal digits
     * @throws MillraceException {@code UNDEFINED_FUNCTION} where there is no such class or it cannot be used, {@code
     *     DATA_CORRUPTED} where the jar is not what it was
     */
    Class<?> load(String jar, String className);
}
