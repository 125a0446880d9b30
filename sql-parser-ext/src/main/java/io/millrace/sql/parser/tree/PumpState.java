package io.millrace.sql.parser.tree;

/** Whether a pump is to run once created, as its statement says. */
public enum PumpState {
    /** The statement says nothing. */
    DEFAULT,
    STARTED,
    STOPPED
}
