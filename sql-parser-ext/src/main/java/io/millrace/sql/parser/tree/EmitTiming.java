package io.millrace.sql.parser.tree;

/** When EMIT says that a query gives its rows. */
public enum EmitTiming {
    /** Nothing was said. */
    DEFAULT,
    /** Once, when time has completed what they are made of. */
    ON_WINDOW_CLOSE,
    /** Whenever they change. */
    ON_UPDATE,
    /** When they have changed, but not more often than an interval says. */
    EVERY
}
