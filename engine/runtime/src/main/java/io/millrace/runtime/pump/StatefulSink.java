package io.millrace.runtime.pump;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.connector.Sink;

/** A sink whose content is part of the pump's checkpoints. It starts empty each time the pump is opened. */
public interface StatefulSink extends Sink {

    /** Returns the layout of what it stores; it is read back only where this is the same. */
    String stateLayout();

    void save(StateWriter out);

    void load(StateReader in);
}
