package io.millrace.runtime.sketch;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;

/** A summary of values. For one thread at a time. */
public interface Sketch {

    /** Adds all that another of the same kind has seen. */
    void merge(Sketch other);

    /** Stores what {@link #load} takes back. */
    void save(StateWriter out);

    /** Takes back what was stored, into a new sketch. */
    void load(StateReader in);
}
