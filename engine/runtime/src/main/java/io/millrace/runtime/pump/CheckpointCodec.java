package io.millrace.runtime.pump;

import io.millrace.runtime.checkpoint.CheckpointSection;
import io.millrace.runtime.checkpoint.StoredCheckpoint;
import io.millrace.runtime.checkpoint.StoredSection;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.OperatorTree;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The state of a pump between two steps as sections of a checkpoint: its counters, the state of each operator, and that of
 * the sink.
 *
 * <p>The section of an operator has the id of its plan node, which says what the operator does: so a changed query finds
 * the state of what did not change, see {@link Replacement}.
 */
final class CheckpointCodec {

    private static final String STATUS = "status";
    private static final String STATUS_LAYOUT = "1";
    static final String SINK = "sink";

    private CheckpointCodec() {}

    static List<CheckpointSection> sections(PumpStatus status, OperatorTree tree, Sink sink) {
        List<CheckpointSection> sections = new ArrayList<>();
        sections.add(new CheckpointSection(STATUS, STATUS_LAYOUT, out -> write(status, out)));
        for (Operator operator : tree.operators()) {
            sections.add(new CheckpointSection(operator.id(), operator.stateLayout(), operator::save));
        }
        if (sink instanceof StatefulSink stateful) {
            sections.add(new CheckpointSection(SINK, stateful.stateLayout(), stateful::save));
        }
        return sections;
    }

    private static void write(PumpStatus status, StateWriter out) {
        out.writeLong(status.step());
        out.writeLong(status.rowsIn());
        out.writeLong(status.rowsOut());
        out.writeLong(status.lateRows());
        out.writeLong(status.rejectedRows());
        out.writeLong(status.rowtimeBound());
        out.writeLong(status.clockMicros());
    }

    private static PumpStatus readStatus(StateReader in) {
        return new PumpStatus(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }

    /** Returns what a checkpoint holds, whatever query it is of. */
    static StoredState read(StoredCheckpoint checkpoint) {
        Map<String, StoredSection> sections = new HashMap<>(checkpoint.sections());
        StoredSection status = sections.remove(STATUS);
        if (status == null || !status.layout().equals(STATUS_LAYOUT)) {
            throw new MillraceException(
                    ErrorCode.DATA_CORRUPTED, "the checkpoint of step " + checkpoint.step() + " is not one of a pump");
        }
        return new StoredState(readStatus(status.content().get()), sections);
    }

    /** Gives each operator its section, and the sink its own. */
    static void load(Map<String, StoredSection> sections, OperatorTree tree, Sink sink) {
        for (Operator operator : tree.operators()) {
            StoredSection section = sections.get(operator.id());
            if (section != null) {
                operator.load(StoredState.reader(section, operator.id(), operator.stateLayout()));
            }
        }
        StoredSection content = sections.get(SINK);
        if (sink instanceof StatefulSink stateful && content != null) {
            String wanted = stateful.reads(content.layout()) ? content.layout() : stateful.stateLayout();
            stateful.load(content.layout(), StoredState.reader(content, SINK, wanted));
        }
    }
}
