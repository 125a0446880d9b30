package io.millrace.runtime.operator;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import java.util.List;

/**
 * What lanes are told of time: the bounds of what they get their rows from, and the clock of the step before. A lane that
 * was away takes a step with these, and knows what the others do.
 */
final class LaneTime {

    private final List<InputBounds> inputs;
    private final boolean clocked;
    private long clockMicros = Operator.NO_BOUND;
    private long clockBeforeMicros = Operator.NO_BOUND;

    /** @param clocked whether some of what the lanes hold goes by the clock, so that it is to be stored */
    LaneTime(List<InputBounds> inputs, boolean clocked) {
        this.inputs = inputs;
        this.clocked = clocked;
    }

    List<InputBounds> inputs() {
        return inputs;
    }

    /** Begins a step. */
    void begin(long stepMicros) {
        inputs.forEach(InputBounds::begin);
        clockBeforeMicros = clockMicros;
        clockMicros = stepMicros;
    }

    /** Returns the time of the step before, {@link Operator#NO_BOUND} where there was none. */
    long clockBeforeMicros() {
        return clockBeforeMicros;
    }

    /** Says that bounds may have moved. */
    void forget() {
        inputs.forEach(InputBounds::forget);
    }

    /** Finds all bounds: those that a step ends with. */
    void settle() {
        inputs.forEach(InputBounds::settle);
    }

    /** Returns what it adds to the layout of state. */
    String layout() {
        return clocked ? " with bounds and clock" : " with bounds";
    }

    /** Stores what the last step ended with. */
    void save(StateWriter out) {
        inputs.forEach(input -> input.save(out));
        if (clocked) {
            out.writeLong(clockMicros);
        }
    }

    void load(StateReader in) {
        inputs.forEach(input -> input.load(in));
        if (clocked) {
            clockMicros = in.readLong();
        }
    }
}
